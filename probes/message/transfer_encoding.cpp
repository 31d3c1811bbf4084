// SPDX-License-Identifier: Apache-2.0
#include "probes/message/transfer_encoding.h"

#include <algorithm>
#include <cstdint>

#include <fmt/format.h>

#include "probes/ascii.h"
#include "probes/encoding.h"

namespace vedette::message {
namespace {

constexpr std::size_t max_line = 76;         // RFC 2045, 6.7 (5), with the soft line end's "="
constexpr std::size_t bytes_of_a_word = 42;  // 56 digits of Base64, and "=?utf-8?B?" "?="
constexpr std::string_view line_end = "\r\n";

bool is_printable(char c) {
  return c >= 0x20 && c < 0x7f;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = lower_case(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

int base64_digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

// One line of text, without its end, in as many lines as it needs.
void quote_line(std::string_view line, std::string& out) {
  std::size_t column = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const bool last = i + 1 == line.size();
    // A space at the end of a line would not survive.
    const bool plain = is_printable(c) && c != '=' && !(c == ' ' && last);
    const std::size_t width = plain ? 1 : 3;
    if (column + width > max_line - (last ? 0 : 1)) {
      out += "=\r\n";
      column = 0;
    }
    if (plain) {
      out += c;
    } else {
      out += fmt::format("={:02X}", static_cast<unsigned char>(c));
    }
    column += width;
  }
}

// Calls `use` with each line without its end, and whether it had one.
template <class Use>
void each_line(std::string_view text, Use use) {
  while (!text.empty()) {
    const auto end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    use(line, end != text.npos);
  }
}

std::string with_plain_line_ends(std::string_view text) {
  std::string out;
  each_line(text, [&](std::string_view line, bool ended) {
    out += line;
    if (ended) out += '\n';
  });
  return out;
}

// The byte that "=XX" at the start stands for, or -1.
int escaped_byte(std::string_view text) {
  if (text.size() < 3) return -1;
  const int high = hex_digit(text[1]);
  const int low = hex_digit(text[2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

void unquote_line(std::string_view line, std::string& out) {
  while (!line.empty()) {
    const int byte = line.front() == '=' ? escaped_byte(line) : -1;
    out += byte < 0 ? line.front() : static_cast<char>(byte);
    line.remove_prefix(byte < 0 ? 1 : 3);
  }
}

std::string_view without_blanks_at_end(std::string_view line) {
  const auto last = line.find_last_not_of(" \t");
  return last == line.npos ? std::string_view() : line.substr(0, last + 1);
}

}  // namespace

std::string quoted_printable(std::string_view text) {
  std::string out;
  each_line(text, [&](std::string_view line, bool ended) {
    quote_line(line, out);
    if (ended) out += line_end;
  });
  return out;
}

std::string decode_quoted_printable(std::string_view text) {
  std::string out;
  each_line(text, [&](std::string_view whole, bool ended) {
    std::string_view line = without_blanks_at_end(whole);
    const bool soft = line.ends_with('=');
    if (soft) line.remove_suffix(1);
    unquote_line(line, out);
    if (ended && !soft) out += '\n';
  });
  return out;
}

std::string decode_base64(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    if (c == '=') break;
    const int digit = base64_digit(c);
    if (digit < 0) continue;
    bits = (bits << 6 | static_cast<std::uint32_t>(digit)) & 0xffffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out += static_cast<char>(bits >> held & 0xff);
  }
  return out;
}

std::string decode_body(std::string_view body, std::string_view encoding) {
  if (same_without_case(encoding, "quoted-printable")) return decode_quoted_printable(body);
  if (same_without_case(encoding, "base64")) return with_plain_line_ends(decode_base64(body));
  return with_plain_line_ends(body);
}

std::string encode_words(std::string_view text) {
  if (std::ranges::all_of(text, is_printable)) return std::string(text);
  std::string out;
  while (!text.empty()) {
    const std::string_view part = shorten(text, bytes_of_a_word);
    text.remove_prefix(part.size());
    if (!out.empty()) out += ' ';
    out += fmt::format("=?utf-8?B?{}?=", base64(part));
  }
  return out;
}

}  // namespace vedette::message
