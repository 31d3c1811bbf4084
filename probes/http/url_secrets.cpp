// SPDX-License-Identifier: Apache-2.0
#include "probes/http/url_secrets.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "probes/ascii.h"
#include "probes/http/sensitive.h"

namespace vedette::http {
namespace {

// Of one exchange. A hostile server with thousands of tokens must not make masking slow: what goes
// beyond is masked from there to the end of its URL.
constexpr std::size_t max_parts = 32;

// Too short to be looked for within names; as the whole name of a parameter they tell.
constexpr std::array<std::string_view, 6> sensitive_names{"auth", "jwt", "key",
                                                          "pass", "pwd", "sig"};

constexpr std::array<std::string_view, 4> headers_with_urls{"location", "content-location",
                                                            "refresh", "link"};

bool among(std::span<const std::string_view> names, std::string_view name) {
  return std::ranges::any_of(names, [&](auto known) { return same_without_case(known, name); });
}

void mask_userinfo(Mask& mask, std::string_view url, std::size_t& left) {
  const auto slashes = url.find("//");
  if (slashes == url.npos) return;
  const auto authority =
      url.substr(slashes + 2, url.find_first_of("/?#", slashes + 2) - slashes - 2);
  const auto at = authority.rfind('@');
  if (at == authority.npos) return;
  const auto userinfo = authority.substr(0, at);
  if (left == 0) return mask.add(std::string(userinfo));
  --left;
  mask.add_with_encodings(std::string(userinfo));
  const auto colon = userinfo.find(':');
  if (colon != userinfo.npos) mask.add_with_encodings(std::string(userinfo.substr(colon + 1)));
}

bool tells(std::string_view name) {
  return is_sensitive(name) || among(sensitive_names, name) ||
         lower_case(name).ends_with("signature");
}

void mask_parameters(Mask& mask, std::string_view url, std::size_t& left) {
  for (auto mark = url.find_first_of("?#"); mark != url.npos;) {
    const auto begin = mark + 1;
    mark = url.find_first_of("&?#", begin);
    const auto parameter = url.substr(begin, mark - begin);
    const auto equals = parameter.find('=');
    if (equals == parameter.npos || !tells(parameter.substr(0, equals))) continue;
    if (left == 0) return mask.add(std::string(url.substr(begin + equals + 1)));
    mask.add_with_encodings(std::string(parameter.substr(equals + 1)));
    --left;
  }
}

void mask_parts(Mask& mask, std::string_view url, std::size_t& left) {
  mask_userinfo(mask, url, left);
  mask_parameters(mask, url, left);
}

}  // namespace

void mask_url(Mask& mask, std::string_view url) {
  std::size_t left = max_parts;
  mask_parts(mask, url, left);
}

Mask with_url_secrets(Mask mask, const net::HttpExchange& exchange) {
  std::size_t left = max_parts;
  mask_parts(mask, exchange.final_url, left);
  for (const auto& [name, value] : exchange.headers) {
    if (among(headers_with_urls, name)) mask_parts(mask, value, left);
  }
  return mask;
}

}  // namespace vedette::http
