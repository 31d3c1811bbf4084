// SPDX-License-Identifier: Apache-2.0
// The pieces of a structured header field (RFC 5322, section 3.2): words, comments, marks.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vedette::message {

struct Piece {
  enum class Kind : std::uint8_t { word, comment, mark };
  Kind kind = Kind::word;
  std::string text;  // of a comment without its outer brackets; quoted strings without quotes

  bool is(char mark) const { return kind == Kind::mark && text.front() == mark; }
};

inline constexpr std::size_t max_pieces = 1000;

// A word ends at a blank, a comment or one of `marks`, each of which is a piece of its own. A
// comment or quoted string that is never closed ends with the field.
std::vector<Piece> pieces_of(std::string_view field, std::string_view marks);

}  // namespace vedette::message
