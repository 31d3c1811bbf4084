// SPDX-License-Identifier: Apache-2.0
// What the fields of a form may hold.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace vedette::demo {

// Digits, perhaps after a minus, and nothing else; nothing when it is no such number, or too large.
std::optional<std::int64_t> parse_whole(std::string_view text);

// Not empty, UTF-8, at most 200 bytes.
bool is_short_text(std::string_view text);

}  // namespace vedette::demo
