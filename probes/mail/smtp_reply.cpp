// SPDX-License-Identifier: Apache-2.0
#include "probes/mail/smtp_reply.h"

#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "probes/encoding.h"
#include "probes/mail/upper_case.h"
#include "probes/mail/words.h"

namespace vedette::mail {
namespace {

constexpr std::size_t shown = 80;  // bytes of a bad line that a sentence quotes

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::unexpected<std::string> wrong(std::string_view line, std::string_view what) {
  return std::unexpected(fmt::format("the reply \"{}\" {}", printable(shorten(line, shown)), what));
}

// 0 when the line begins with none.
int code_of(std::string_view line) {
  if (line.size() < 3 || line[0] < '2' || line[0] > '5' || !is_digit(line[1]) ||
      !is_digit(line[2])) {
    return 0;
  }
  return (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
}

// The end of up to three digits; 0 when there are none.
std::size_t short_number(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && end < 3 && is_digit(text[end])) ++end;
  return end;
}

// RFC 2034: class "." subject "." detail, the class as that of the code.
std::string enhanced_of(int code, std::string_view text) {
  if (text.size() < 5 || text[0] - '0' != code / 100 || text[1] != '.') return {};
  const std::size_t subject = short_number(text.substr(2));
  if (subject == 0 || 2 + subject >= text.size() || text[2 + subject] != '.') return {};
  const std::size_t detail = short_number(text.substr(3 + subject));
  const std::size_t end = 3 + subject + detail;
  if (detail == 0 || (end < text.size() && text[end] != ' ')) return {};
  return std::string(text.substr(0, end));
}

}  // namespace

std::string SmtpReply::words() const {
  std::string out = std::to_string(code);
  for (const std::string& line : lines) {
    if (!line.empty()) out += " " + line;
  }
  return out;
}

std::expected<bool, std::string> SmtpReplyParser::add(std::string_view line) {
  const int code = code_of(line);
  if (code == 0) return wrong(line, "does not begin with a code");
  const char separator = line.size() > 3 ? line[3] : ' ';
  if (separator != ' ' && separator != '-') return wrong(line, "has no space behind its code");
  if (reply_.lines.empty()) reply_.code = code;
  if (reply_.code != code) return wrong(line, fmt::format("follows a line with {}", reply_.code));
  if (reply_.lines.size() == max_lines) return wrong(line, "is too long");
  const std::string_view text = line.size() > 4 ? line.substr(4) : std::string_view();
  if (reply_.enhanced.empty()) reply_.enhanced = enhanced_of(code, text);
  reply_.lines.emplace_back(text);
  return separator == ' ';
}

SmtpReply SmtpReplyParser::take() {
  return std::exchange(reply_, {});
}

SmtpExtensions parse_extensions(const SmtpReply& reply) {
  SmtpExtensions out;
  for (std::size_t i = 1; i < reply.lines.size(); ++i) {
    // "AUTH=LOGIN PLAIN" is how it was written before there was a standard.
    Words words(reply.lines[i], " =");
    const std::string keyword = upper_case(words.next());
    out.capabilities.add(keyword);
    for (auto word = words.next(); !word.empty(); word = words.next()) {
      if (keyword == "AUTH") out.capabilities.add("AUTH=" + upper_case(word));
      std::uint64_t size = 0;
      const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), size);
      if (keyword == "SIZE" && error == std::errc() && end == word.data() + word.size() &&
          size > 0) {
        out.size_limit = size;
      }
    }
  }
  return out;
}

}  // namespace vedette::mail
