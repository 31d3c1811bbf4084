// SPDX-License-Identifier: Apache-2.0
// The files of dashboards/status_page, built into the program.
#pragma once

#include <string>

#include "agent/web/message.h"

namespace vedette::web {

// "/assets/page.css?v=..." with a hash of the content, so that clients may keep it for ever.
std::string asset_url(std::string_view name);

// Answers /assets/{name}; 404 for another name.
Response asset_response(const Request& request);

// A quoted ETag for a text.
std::string etag_of(std::string_view text);

}  // namespace vedette::web
