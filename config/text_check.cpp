// SPDX-License-Identifier: Apache-2.0
#include "config/text_check.h"

#include <algorithm>

#include <fmt/format.h>

namespace vedette::config {
namespace {

using namespace std::string_view_literals;
constexpr auto byte_order_mark = "\xEF\xBB\xBF"sv;

struct Fault {
  std::size_t offset;
  std::string message;
};

bool is_utf16(std::string_view text) {
  return text.starts_with("\xFF\xFE"sv) || text.starts_with("\xFE\xFF"sv);
}

unsigned byte_at(std::string_view text, std::size_t i) {
  return static_cast<unsigned char>(text[i]);
}

bool are_continuations(std::string_view bytes) {
  return std::ranges::all_of(
      bytes, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; });
}

// The length of the well-formed UTF-8 sequence at `i` (Unicode, table 3-7), or 0.
std::size_t sequence_length(std::string_view text, std::size_t i) {
  const unsigned first = byte_at(text, i);
  if (first < 0x80) return 1;
  const std::size_t length = first < 0xC2   ? 0
                             : first < 0xE0 ? 2
                             : first < 0xF0 ? 3
                             : first < 0xF5 ? 4
                                            : 0;
  if (length == 0 || text.size() - i < length || !are_continuations(text.substr(i + 1, length - 1)))
    return 0;
  const unsigned second = byte_at(text, i + 1);
  const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool surrogate = first == 0xED && second > 0x9F;
  const bool beyond = first == 0xF4 && second > 0x8F;
  return overlong || surrogate || beyond ? 0 : length;
}

std::optional<Fault> control_character(std::string_view text, std::size_t i) {
  const unsigned byte = byte_at(text, i);
  if (byte == 0) return Fault{i, "this is binary data, not text (a NUL byte)"};
  if (byte == '\r' && i + 1 < text.size() && text[i + 1] == '\n') return std::nullopt;
  if (byte == '\r') return Fault{i, "a lone carriage return; end lines with \\n or \\r\\n"};
  if (byte == 0x7F || (byte < 0x20 && byte != '\t' && byte != '\n')) {
    return Fault{i, fmt::format("the control character 0x{:02x} is not allowed; write it as "
                                "\"\\x{:02x}\" in double quotes",
                                byte, byte)};
  }
  return std::nullopt;
}

// A tab at the start of a line that holds something.
bool is_tab_indent(std::string_view text, std::size_t i) {
  if (text[i] != '\t' || (i > 0 && text[i - 1] != '\n')) return false;
  const auto content = text.find_first_not_of(" \t", i);
  return content != std::string_view::npos && text[content] != '\n' && text[content] != '\r' &&
         text[content] != '#';
}

std::optional<Fault> find_fault(std::string_view text) {
  if (is_utf16(text)) return Fault{0, "this is UTF-16; save the file as UTF-8"};
  for (std::size_t i = 0; i < text.size();) {
    const auto length = sequence_length(text, i);
    if (length == 0)
      return Fault{i, fmt::format("this is not UTF-8 text (byte 0x{:02x})", byte_at(text, i))};
    if (length == 1 && (byte_at(text, i) < 0x20 || text[i] == 0x7F)) {
      if (auto fault = control_character(text, i)) return fault;
      if (is_tab_indent(text, i))
        return Fault{i, "this line is indented with a tab; YAML wants spaces"};
    }
    if (text.substr(i, length) == byte_order_mark)
      return Fault{i, "a byte order mark in the middle of the text; delete it"};
    i += length;
  }
  return std::nullopt;
}

}  // namespace

Place place_of(std::string_view text, std::size_t offset, const FileName& name) {
  const auto before = text.substr(0, offset);
  const auto line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  return {name, static_cast<int>(std::ranges::count(before, '\n')) + 1,
          static_cast<int>(offset - line_start) + 1};
}

std::optional<std::string_view> check_text(std::string_view text, const std::string& name,
                                           Problems& problems) {
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  const auto fault = find_fault(text);
  if (!fault) return text;
  problems.add(place_of(text, fault->offset, name), fault->message);
  return std::nullopt;
}

}  // namespace vedette::config
