// SPDX-License-Identifier: Apache-2.0
#include "agent/web/wire.h"

#include <array>
#include <ctime>

#include <fmt/format.h>

namespace vedette::web {
namespace {

std::string http_date() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT",
                     days[static_cast<std::size_t>(parts.tm_wday)], parts.tm_mday,
                     months[static_cast<std::size_t>(parts.tm_mon)], parts.tm_year + 1900,
                     parts.tm_hour, parts.tm_min, parts.tm_sec);
}

// A line end in a value would let its author write headers of his own.
bool is_clean(const Header& header) {
  return header.name.find_first_of("\r\n:") == std::string::npos &&
         header.value.find_first_of("\r\n") == std::string::npos;
}

}  // namespace

bool has_no_body(int status) {
  return status == 204 || status == 304;
}

std::string render_head(const Response& response, const Manner& manner) {
  auto head = fmt::format("HTTP/1.1 {} {}\r\nDate: {}\r\n", response.status,
                          status_words(response.status), http_date());
  const auto add = [&head](std::string_view name, std::string_view value) {
    head.append(name).append(": ").append(value).append("\r\n");
  };
  for (const auto& header : response.headers) {
    if (is_clean(header)) add(header.name, header.value);
  }
  if (!response.etag.empty()) add("ETag", response.etag);
  if (!has_no_body(response.status)) {
    add("Content-Type", response.content_type);
    add("X-Content-Type-Options", "nosniff");
    if (!response.stream && response.topic == nullptr) {
      add("Content-Length", std::to_string(response.body ? response.body->size() : 0));
    } else if (manner.chunked) {
      add("Transfer-Encoding", "chunked");
    }
  }
  if (!manner.keep_alive) add("Connection", "close");
  return head + "\r\n";
}

Chunk frame(std::size_t bytes, bool last) {
  if (bytes == 0) return {"", last ? "0\r\n\r\n" : ""};
  return {fmt::format("{:x}\r\n", bytes), last ? "\r\n0\r\n\r\n" : "\r\n"};
}

}  // namespace vedette::web
