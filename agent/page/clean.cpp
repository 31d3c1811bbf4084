// SPDX-License-Identifier: Apache-2.0
#include "agent/page/clean.h"

#include <algorithm>

#include "probes/encoding.h"

namespace vedette::page {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

// How many bytes the character at the front takes as its first byte says.
std::size_t length_of(unsigned char first) {
  if (first < 0x80) return 1;
  if (first < 0xE0) return 2;
  return first < 0xF0 ? 3 : 4;
}

// XML 1.0, production 2, of what is valid UTF-8: no control characters but tab and line ends, and
// not the last two of the plane.
bool is_char(std::string_view character) {
  if (character.size() == 1) {
    const auto byte = static_cast<unsigned char>(character[0]);
    return byte >= 0x20 ? byte != 0x7F : byte == '\t' || byte == '\n' || byte == '\r';
  }
  return character != "\xEF\xBF\xBE" && character != "\xEF\xBF\xBF";
}

bool is_plain(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7F; });
}

}  // namespace

std::string clean(std::string_view text) {
  if (is_plain(text)) return std::string(text);
  std::string out;
  while (!text.empty()) {
    const auto size = std::min(length_of(static_cast<unsigned char>(text[0])), text.size());
    const auto character = text.substr(0, size);
    const bool valid = is_utf8(character);
    out += valid && is_char(character) ? character : replacement;
    text.remove_prefix(valid ? size : 1);
  }
  return out;
}

}  // namespace vedette::page
