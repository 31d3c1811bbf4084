// SPDX-License-Identifier: Apache-2.0
// IP addresses as text: what needs no resolver.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/ip/address.hpp>

namespace vedette::net {

enum class IpFamily : std::uint8_t;

// "192.0.2.1", "2001:db8::1" or "[2001:db8::1]" as an address without brackets; empty when it is
// none. Only the four-part form of IPv4: "127.1" is a name here.
std::optional<std::string> address_literal(std::string_view host);

// An address without brackets; nothing when it is none.
std::optional<boost::asio::ip::address> parse_address(const std::string& text);

bool is_family(std::string_view address, IpFamily family);

// "localhost" and all below it, which no DNS server may be asked for (RFC 6761, section 6.3): the
// loopback addresses, IPv4 first because that is where servers listen. Empty for any other name.
std::vector<std::string> loopback_of(std::string_view host, IpFamily family);

// As it stands in a URL: IPv6 in brackets.
std::string bracketed(std::string_view address);

}  // namespace vedette::net
