// SPDX-License-Identifier: Apache-2.0
#include "tests/support/http_text.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include <fmt/format.h>

namespace vedette::test {
namespace {

constexpr std::string_view end_of_head = "\r\n\r\n";

bool same_word(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
  return std::ranges::equal(a, b, {}, lower, lower);
}

std::string_view trimmed(std::string_view text) {
  const std::size_t from = text.find_first_not_of(' ');
  return from == std::string_view::npos ? std::string_view() : text.substr(from);
}

// Without the blank line; the whole text when there is none yet.
std::string_view head_of(std::string_view message) {
  return message.substr(0, message.find(end_of_head));
}

}  // namespace

std::optional<std::size_t> complete_request(std::string_view received) {
  const std::size_t end = received.find(end_of_head);
  if (end == std::string_view::npos) {
    return std::nullopt;
  }
  std::size_t body = 0;
  const std::string length = header_value(received, "Content-Length");
  std::from_chars(length.data(), length.data() + length.size(), body);
  const std::size_t size = end + end_of_head.size() + body;
  return received.size() >= size ? std::optional(size) : std::nullopt;
}

std::string request_line(std::string_view message) {
  return std::string(message.substr(0, message.find("\r\n")));
}

std::string header_value(std::string_view message, std::string_view name) {
  std::string_view head = head_of(message);
  for (std::size_t next = head.find("\r\n"); next != std::string_view::npos;
       next = head.find("\r\n")) {
    head.remove_prefix(next + 2);
    const std::string_view line = head.substr(0, head.find("\r\n"));
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos && same_word(line.substr(0, colon), name)) {
      return std::string(trimmed(line.substr(colon + 1)));
    }
  }
  return {};
}

std::string message_body(std::string_view message) {
  const std::size_t end = message.find(end_of_head);
  return end == std::string_view::npos ? std::string()
                                       : std::string(message.substr(end + end_of_head.size()));
}

std::string http_answer(std::string_view status, std::string_view body, std::string_view headers) {
  return fmt::format("HTTP/1.1 {}\r\nContent-Length: {}\r\n{}\r\n{}", status, body.size(), headers,
                     body);
}

}  // namespace vedette::test
