// SPDX-License-Identifier: Apache-2.0
#include "agent/web/router.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>

namespace vedette::web {
namespace {

using Parameters = std::map<std::string, std::string>;

std::string_view take_part(std::string_view& path) {
  const auto end = path.find('/');
  const auto part = path.substr(0, end);
  path = end == std::string_view::npos ? std::string_view() : path.substr(end + 1);
  return part;
}

std::optional<Parameters> match(std::string_view pattern, std::string_view path) {
  if (std::ranges::count(pattern, '/') != std::ranges::count(path, '/')) return std::nullopt;
  Parameters parameters;
  while (!pattern.empty() || !path.empty()) {
    const auto wanted = take_part(pattern);
    const auto part = take_part(path);
    if (wanted.starts_with('{') && wanted.ends_with('}')) {
      if (part.empty()) return std::nullopt;
      parameters[std::string(wanted.substr(1, wanted.size() - 2))] = part;
    } else if (wanted != part) {
      return std::nullopt;
    }
  }
  return parameters;
}

std::string joined(const std::set<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

Response other_method(const Request& request, std::set<std::string> allowed) {
  if (allowed.contains("GET")) allowed.insert("HEAD");
  allowed.insert("OPTIONS");
  Response response = text_response(405, "method not allowed");
  if (request.method == "OPTIONS") {
    response.status = 204;
    response.body = nullptr;
  }
  response.headers.push_back({"Allow", joined(allowed)});
  return response;
}

}  // namespace

std::vector<Route> joined(std::vector<Route> routes, std::vector<Route> more) {
  std::ranges::move(more, std::back_inserter(routes));
  return routes;
}

Router::Router(std::vector<Route> routes, DirectHandler not_found)
    : routes_(std::move(routes)), not_found_(std::move(not_found)) {}

Awaitable<Response> Router::handle(const Request& request) const {
  const std::string method = request.method == "HEAD" ? "GET" : request.method;
  std::set<std::string> allowed;
  for (const auto& route : routes_) {
    auto parameters = match(route.pattern, request.path);
    if (!parameters) continue;
    if (route.method != method) {
      allowed.insert(route.method);
      continue;
    }
    Request matched = request;
    matched.parameters = *std::move(parameters);
    co_return co_await route.handler(matched);
  }
  if (allowed.empty()) co_return not_found_(request);
  co_return other_method(request, std::move(allowed));
}

}  // namespace vedette::web
