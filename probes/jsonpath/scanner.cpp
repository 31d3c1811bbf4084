// SPDX-License-Identifier: Apache-2.0
#include "probes/jsonpath/scanner.h"

#include <charconv>

#include <fmt/format.h>

namespace vedette::jsonpath {
namespace {

constexpr std::int64_t max_integer = (std::int64_t{1} << 53) - 1;  // RFC 7493

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool begins_name(char c) {
  return is_lower(c) || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

void append_utf8(std::string& out, std::uint32_t code) {
  const auto byte = [&](std::uint32_t bits) { out += static_cast<char>(bits); };
  if (code < 0x80) return byte(code);
  if (code < 0x800) {
    byte(0xc0 | code >> 6);
  } else {
    if (code < 0x10000) {
      byte(0xe0 | code >> 12);
    } else {
      byte(0xf0 | code >> 18);
      byte(0x80 | (code >> 12 & 0x3f));
    }
    byte(0x80 | (code >> 6 & 0x3f));
  }
  byte(0x80 | (code & 0x3f));
}

}  // namespace

bool Scanner::take(std::string_view word) {
  if (!text_.substr(at_).starts_with(word)) return false;
  at_ += word.size();
  return true;
}

void Scanner::expect(char c) {
  if (!take({&c, 1})) fail(fmt::format("expected \"{}\"", c));
}

void Scanner::skip_blanks() {
  while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') ++at_;
}

std::optional<std::string> Scanner::shorthand() {
  if (at_end() || !begins_name(peek())) return std::nullopt;
  const std::size_t begin = at_;
  while (!at_end() && (begins_name(peek()) || is_digit(peek()))) ++at_;
  return std::string(text_.substr(begin, at_ - begin));
}

std::optional<std::string> Scanner::function_name() {
  if (!is_lower(peek())) return std::nullopt;
  std::size_t end = at_;
  while (end < text_.size() &&
         (is_lower(text_[end]) || is_digit(text_[end]) || text_[end] == '_')) {
    ++end;
  }
  if (end == text_.size() || text_[end] != '(') return std::nullopt;
  std::string name(text_.substr(at_, end - at_));
  at_ = end + 1;
  return name;
}

bool Scanner::digits() {
  const std::size_t begin = at_;
  while (is_digit(peek())) ++at_;
  return at_ > begin;
}

std::optional<std::int64_t> Scanner::integer() {
  const std::size_t begin = at_;
  const bool negative = take("-");
  const char first = peek();
  if (!digits()) {
    at_ = begin;
    return std::nullopt;
  }
  const std::string_view word = text_.substr(begin, at_ - begin);
  const bool has_leading_zero = first == '0' && word.size() > (negative ? 2U : 1U);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  const bool too_large = error != std::errc() || value > max_integer || value < -max_integer;
  if (has_leading_zero || too_large || (negative && value == 0)) {
    at_ = begin;
    fail(fmt::format("{} is no integer that JSONPath takes", word));
  }
  return value;
}

std::optional<boost::json::value> Scanner::number() {
  const std::size_t begin = at_;
  take("-");
  const bool zero = peek() == '0';
  if (!digits()) {
    at_ = begin;
    return std::nullopt;
  }
  const std::string_view whole = text_.substr(begin, at_ - begin);
  if (zero && whole.size() > (whole.front() == '-' ? 2U : 1U)) fail("a number has a leading zero");
  bool integral = true;
  if (take(".")) {
    integral = false;
    if (!digits()) fail("expected a digit behind the decimal point");
  }
  if (peek() == 'e' || peek() == 'E') {
    integral = false;
    ++at_;
    if (!take("+")) take("-");
    if (!digits()) fail("expected a digit in the exponent");
  }
  const std::string_view word = text_.substr(begin, at_ - begin);
  std::int64_t exact = 0;
  if (integral &&
      std::from_chars(word.data(), word.data() + word.size(), exact).ec == std::errc()) {
    return boost::json::value(exact);
  }
  double value = 0;
  if (std::from_chars(word.data(), word.data() + word.size(), value).ec != std::errc()) {
    fail("a number is too large");
  }
  return boost::json::value(value);
}

std::optional<boost::json::value> Scanner::literal() {
  if (auto text = string()) return boost::json::value(*text);
  if (auto value = number()) return value;
  for (const auto& [word, value] :
       {std::pair{"true", boost::json::value(true)}, std::pair{"false", boost::json::value(false)},
        std::pair{"null", boost::json::value(nullptr)}}) {
    if (take(word)) return value;
  }
  return std::nullopt;
}

std::optional<std::string> Scanner::string() {
  const char quote = peek();
  if (quote != '"' && quote != '\'') return std::nullopt;
  ++at_;
  std::string out;
  for (;;) {
    if (at_end()) fail("a string does not end");
    const char c = text_[at_];
    if (static_cast<unsigned char>(c) < 0x20) fail("a control character in a string");
    ++at_;
    if (c == quote) return out;
    if (c == '\\')
      escape(quote, out);
    else
      out += c;
  }
}

void Scanner::escape(char quote, std::string& out) {
  constexpr std::string_view letters = "bfnrt/\\";
  constexpr std::string_view meanings = "\b\f\n\r\t/\\";
  const char c = peek();
  const std::size_t letter = letters.find(c);
  if (at_end() || (letter == letters.npos && c != quote && c != 'u')) fail("an unknown escape");
  ++at_;
  if (c != 'u') {
    out += c == quote ? quote : meanings[letter];
    return;
  }
  std::uint32_t code = code_unit();
  if (code >= 0xdc00 && code < 0xe000) fail("half of a surrogate pair");
  if (code >= 0xd800 && code < 0xdc00) {
    if (!take("\\u")) fail("half of a surrogate pair");
    const std::uint32_t low = code_unit();
    if (low < 0xdc00 || low >= 0xe000) fail("half of a surrogate pair");
    code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
  }
  append_utf8(out, code);
}

std::uint32_t Scanner::code_unit() {
  const std::string_view word = text_.substr(at_, 4);
  std::uint32_t code = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), code, 16);
  if (word.size() != 4 || error != std::errc() || end != word.data() + 4) {
    fail("expected four hex digits");
  }
  at_ += 4;
  return code;
}

}  // namespace vedette::jsonpath
