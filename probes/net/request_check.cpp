// SPDX-License-Identifier: Apache-2.0
#include "probes/net/request_check.h"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

namespace vedette::net {
namespace {

bool is_token(std::string_view text) {
  constexpr std::string_view others = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::ranges::all_of(text, [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           others.find(c) != std::string_view::npos;
  });
}

}  // namespace

std::optional<Failure> request_trouble(const HttpRequest& request) {
  if (!is_token(request.method)) {
    return Failure{Reason::protocol_error, "request: the method is not a single word"};
  }
  for (const auto& [name, value] : request.headers) {
    if (!is_token(name)) {
      return Failure{Reason::protocol_error, "request: a header's name is not a single word"};
    }
    if (value.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos) {
      return Failure{
          Reason::protocol_error,
          fmt::format("request: the value of the header {} has a line break in it", name)};
    }
  }
  return std::nullopt;
}

}  // namespace vedette::net
