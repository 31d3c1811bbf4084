// SPDX-License-Identifier: Apache-2.0
#include "probes/net/address.h"

#include <array>

#include <arpa/inet.h>

#include "probes/ascii.h"
#include "probes/net/http_client.h"

namespace vedette::net {
namespace {

bool parses(int family, const std::string& text) {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  return inet_pton(family, text.c_str(), bytes.data()) == 1;
}

bool ends_without_case(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && same_without_case(text.substr(text.size() - end.size()), end);
}

}  // namespace

std::optional<std::string> address_literal(std::string_view host) {
  const bool brackets = host.size() > 2 && host.front() == '[' && host.back() == ']';
  std::string text(brackets ? host.substr(1, host.size() - 2) : host);
  // A zero byte would hide what follows it.
  if (text.find('\0') != std::string::npos) {
    return std::nullopt;
  }
  if ((!brackets && parses(AF_INET, text)) || parses(AF_INET6, text)) {
    return text;
  }
  return std::nullopt;
}

// IPv4 first, as most of them are: Asio's make_address would fail to read those as IPv6 first.
std::optional<boost::asio::ip::address> parse_address(const std::string& text) {
  boost::system::error_code error;
  const auto v4 = boost::asio::ip::make_address_v4(text, error);
  if (!error) return v4;
  const auto v6 = boost::asio::ip::make_address_v6(text, error);
  return error ? std::nullopt : std::optional<boost::asio::ip::address>(v6);
}

bool is_family(std::string_view address, IpFamily family) {
  const bool v6 = address.find(':') != std::string_view::npos;
  return family == IpFamily::any || v6 == (family == IpFamily::v6);
}

std::vector<std::string> loopback_of(std::string_view host, IpFamily family) {
  if (host.ends_with('.')) {
    host.remove_suffix(1);
  }
  std::vector<std::string> addresses;
  if (ends_without_case(host, ".localhost") ||
      (host.size() == 9 && ends_without_case(host, "localhost"))) {
    for (const char* address : {"127.0.0.1", "::1"}) {
      if (is_family(address, family)) {
        addresses.emplace_back(address);
      }
    }
  }
  return addresses;
}

std::string bracketed(std::string_view address) {
  if (address.find(':') == std::string_view::npos) {
    return std::string(address);
  }
  return "[" + std::string(address) + "]";
}

}  // namespace vedette::net
