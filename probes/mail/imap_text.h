// SPDX-License-Identifier: Apache-2.0
// What we write into IMAP commands: quoted strings and sets of numbers. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vedette::mail {

inline constexpr std::size_t max_set = 1'000'000;  // numbers that a set may stand for

// "2,4:7,9" as numbers, sorted, each once. Nothing when it is no set, holds 0 or "*", or stands for
// more than max_set numbers.
std::optional<std::vector<std::uint32_t>> parse_sequence_set(std::string_view text);
// The other way round: the shortest set. `numbers` must be sorted.
std::string sequence_set(const std::vector<std::uint32_t>& numbers);

// Whether a text can stand in quotes: no CR, LF or NUL, and ASCII only (RFC 3501; UTF-8 must be
// asked for).
bool can_be_quoted(std::string_view text);
// "..." with quotes and backslashes escaped. The text can_be_quoted.
std::string quoted(std::string_view text);

}  // namespace vedette::mail
