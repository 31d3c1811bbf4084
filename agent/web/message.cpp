// SPDX-License-Identifier: Apache-2.0
#include "agent/web/message.h"

#include <optional>

#include "agent/web/gzip.h"
#include "probes/ascii.h"

namespace vedette::web {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char digit = lower_case(c);
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  return -1;
}

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus_is_space) {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
      const int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
      if (low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return out;
}

// Takes what stands before the separator off the front of `rest`.
std::string_view take(std::string_view& rest, char separator) {
  const auto end = rest.find(separator);
  const auto front = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  return front;
}

std::string_view trim(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

// Weak comparison, as RFC 9110 section 13.1.2 wants it for If-None-Match.
bool lists_tag(std::string_view list, std::string_view tag) {
  while (!list.empty()) {
    auto candidate = trim(take(list, ','));
    if (candidate == "*") return true;
    if (candidate.starts_with("W/")) candidate.remove_prefix(2);
    if (candidate == tag) return true;
  }
  return false;
}

// By value: the closure that holds the handler may be gone before the coroutine ends.
Awaitable<Response> at_once(Response response) {
  co_return response;
}

}  // namespace

std::string_view Request::header(std::string_view name) const {
  for (const auto& header : headers) {
    if (same_without_case(header.name, name)) return header.value;
  }
  return {};
}

Handler direct(DirectHandler handler) {
  return
      [handler = std::move(handler)](const Request& request) { return at_once(handler(request)); };
}

Response text_response(int status, std::string text) {
  if (!text.ends_with('\n')) text += '\n';
  Response response;
  response.status = status;
  response.headers = {{"Cache-Control", "no-store"}};
  response.body = std::make_shared<const std::string>(std::move(text));
  return response;
}

std::string_view status_words(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 204:
      return "No Content";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 402:
      return "Payment Required";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 413:
      return "Content Too Large";
    case 422:
      return "Unprocessable Content";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    default:
      return "Unnamed";
  }
}

std::string decode_path(std::string_view encoded) {
  auto path = percent_decode(encoded, false);
  if (!path || !path->starts_with('/') || path->find('\0') != std::string::npos) return {};
  return *std::move(path);
}

std::map<std::string, std::string> parse_form(std::string_view body) {
  std::map<std::string, std::string> fields;
  while (!body.empty()) {
    auto field = take(body, '&');
    const auto name = percent_decode(take(field, '='), true);
    auto value = percent_decode(field, true);
    if (name && value && !name->empty()) fields[*name] = *std::move(value);
  }
  return fields;
}

Response fitted(const Request& request, Response response) {
  if (response.gzipped) response.headers.push_back({"Vary", "Accept-Encoding"});
  if (response.gzipped && accepts_gzip(request.header("Accept-Encoding"))) {
    response.body = std::exchange(response.gzipped, nullptr);
    response.headers.push_back({"Content-Encoding", "gzip"});
    if (!response.etag.empty()) response.etag.insert(response.etag.size() - 1, "-gzip");
  }
  if (response.status != 200 || response.etag.empty()) return response;
  if (!lists_tag(request.header("If-None-Match"), response.etag)) return response;
  response.status = 304;
  response.body = nullptr;
  response.stream = nullptr;
  return response;
}

}  // namespace vedette::web
