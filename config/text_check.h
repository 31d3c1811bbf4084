// SPDX-License-Identifier: Apache-2.0
// Is a file text at all? Looked at before any parser sees it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "config/problems.h"

namespace vedette::config {

// The text without a leading UTF-8 byte order mark. Nothing, and one problem at the first offending
// byte, when it is not UTF-8, holds control characters (YAML allows only tab and line breaks), or
// is indented with tabs.
std::optional<std::string_view> check_text(std::string_view text, const std::string& name,
                                           Problems& problems);

// The place of a byte of the text.
Place place_of(std::string_view text, std::size_t offset, const FileName& name);

}  // namespace vedette::config
