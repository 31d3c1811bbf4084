// SPDX-License-Identifier: Apache-2.0
#include "probes/mail/imap_scanner.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "probes/ascii.h"
#include "probes/mail/imap_reader.h"

namespace vedette::mail {

bool ImapScanner::take(char c) {
  if (done() || rest_.front() != c) return false;
  rest_.remove_prefix(1);
  return true;
}

void ImapScanner::expect(char c) {
  if (!take(c)) fail();
}

void ImapScanner::skip_spaces() {
  rest_.remove_prefix(std::min(rest_.find_first_not_of(' '), rest_.size()));
}

std::string_view ImapScanner::atom() {
  if (failed_) return {};
  std::size_t end = 0;
  bool in_brackets = false;
  while (end < rest_.size()) {
    const char c = rest_[end];
    if (!in_brackets && (c == ' ' || c == '(' || c == ')' || c == '"')) break;
    if (c == '[') in_brackets = true;
    if (c == ']') in_brackets = false;
    ++end;
  }
  const std::string_view out = rest_.substr(0, end);
  if (out.empty()) fail();
  rest_.remove_prefix(end);
  return out;
}

std::uint64_t ImapScanner::number() {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
  if (failed_ || error != std::errc()) {
    fail();
    return 0;
  }
  rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
  return value;
}

std::uint32_t ImapScanner::number32() {
  const std::uint64_t value = number();
  if (value <= std::numeric_limits<std::uint32_t>::max()) return static_cast<std::uint32_t>(value);
  fail();
  return 0;
}

bool ImapScanner::at_literal() const {
  return rest_.starts_with('{') || rest_.starts_with("~{");
}

std::string ImapScanner::quoted() {
  std::string out;
  expect('"');
  while (!done() && rest_.front() != '"') {
    if (rest_.front() == '\\') rest_.remove_prefix(1);
    if (rest_.empty()) break;
    out += rest_.front();
    rest_.remove_prefix(1);
  }
  expect('"');
  return out;
}

std::string ImapScanner::literal() {
  const std::size_t line = rest_.find("\r\n");
  const auto size =
      line == std::string_view::npos ? std::nullopt : literal_size(rest_.substr(0, line));
  if (!size || *size > rest_.size() - line - 2) {
    fail();
    return {};
  }
  const std::string_view bytes = rest_.substr(line + 2, static_cast<std::size_t>(*size));
  rest_.remove_prefix(line + 2 + bytes.size());
  return std::string(bytes);
}

std::string ImapScanner::astring() {
  if (done()) {
    fail();
    return {};
  }
  if (rest_.front() == '"') return quoted();
  if (at_literal()) return literal();
  return std::string(atom());
}

std::optional<std::string> ImapScanner::nstring() {
  const bool in_quotes = !done() && (rest_.front() == '"' || at_literal());
  std::string text = astring();
  if (!in_quotes && same_without_case(text, "NIL")) return std::nullopt;
  return text;
}

void ImapScanner::skip_value() {
  int depth = 0;
  do {
    skip_spaces();
    if (done()) return fail();
    if (take('(')) {
      if (++depth > max_depth) return fail();
    } else if (take(')')) {
      if (--depth < 0) return fail();
    } else {
      astring();
    }
  } while (depth > 0 && ok());
}

}  // namespace vedette::mail
