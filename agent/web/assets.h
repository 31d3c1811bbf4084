// SPDX-License-Identifier: Apache-2.0
// Answers for the files that pages are made with.
#pragma once

#include <string>

#include "agent/web/message.h"

namespace vedette::web {

// The file of that name; 404 for another name.
Response asset_response(const std::string& name);

// A file asked for under its present version (the query is "v=" and its tag) may be kept for ever.
Response with_caching(Response response, const std::string& query);

// A quoted ETag for a text.
std::string etag_of(std::string_view text);

}  // namespace vedette::web
