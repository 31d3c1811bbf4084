// SPDX-License-Identifier: Apache-2.0
#include "probes/net/redirect.h"

#include <algorithm>
#include <initializer_list>
#include <ranges>

#include "probes/ascii.h"

namespace vedette::net {
namespace {

void drop(Headers& headers, std::initializer_list<std::string_view> names) {
  std::erase_if(headers, [&](const auto& header) {
    return std::ranges::any_of(names,
                               [&](auto name) { return same_without_case(header.first, name); });
  });
}

bool becomes_get(const std::string& method, int status) {
  if (status == 303) {
    return method != "GET" && method != "HEAD";
  }
  return (status == 301 || status == 302) && method == "POST";
}

}  // namespace

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

void apply_redirect(HttpRequest& request, int status, bool same_origin) {
  if (becomes_get(request.method, status)) {
    request.method = "GET";
    request.body.clear();
    request.has_body = false;
    drop(request.headers, {"Content-Type", "Content-Length", "Content-Encoding", "Content-Language",
                           "Content-Location", "Transfer-Encoding", "Expect"});
  }
  if (!same_origin) {
    drop(request.headers, {"Authorization", "Proxy-Authorization", "Cookie", "Host"});
  }
}

void drop_headers(Headers& headers, std::span<const std::string> names) {
  std::erase_if(headers, [&](const auto& header) {
    return std::ranges::any_of(
        names, [&](const auto& name) { return same_without_case(header.first, name); });
  });
}

const std::string* find_header(const Headers& headers, std::string_view name) {
  for (const auto& header : std::views::reverse(headers)) {
    if (same_without_case(header.first, name)) {
      return &header.second;
    }
  }
  return nullptr;
}

}  // namespace vedette::net
