// SPDX-License-Identifier: Apache-2.0
// Bodies made smaller for the wire (RFC 1952).
#pragma once

#include <string>
#include <string_view>

namespace vedette::web {

// Empty when it cannot be done.
std::string gzip(std::string_view text);

// Whether an Accept-Encoding header (RFC 9110 section 12.5.3) names gzip and does not refuse it.
bool accepts_gzip(std::string_view accept_encoding);

}  // namespace vedette::web
