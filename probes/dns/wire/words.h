// SPDX-License-Identifier: Apache-2.0
// Numbers of the DNS and their names: types, classes, response codes, extended errors.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vedette::dns {

namespace type {
inline constexpr std::uint16_t a = 1, ns = 2, cname = 5, soa = 6, ptr = 12, aaaa = 28, opt = 41,
                               rrsig = 46, any = 255;
}
namespace rcode {
inline constexpr std::uint16_t noerror = 0, servfail = 2, nxdomain = 3, refused = 5;
}
inline constexpr std::uint16_t class_in = 1;

// "MX", or "TYPE65280" (RFC 3597) for one without a name here.
std::string type_text(std::uint16_t number);
// In any case: "mx", "TYPE15", "15". Only what one can ask for.
std::optional<std::uint16_t> parse_type(std::string_view text);

// "IN", or "CLASS32".
std::string class_text(std::uint16_t number);
std::optional<std::uint16_t> parse_class(std::string_view text);

// "NXDOMAIN", or "RCODE3841"; 12 bits with EDNS.
std::string rcode_text(std::uint16_t number);
std::optional<std::uint16_t> parse_rcode(std::string_view text);

// "DNSSEC bogus" (RFC 8914), or "error 4711".
std::string extended_error_text(std::uint16_t code);
// It says that the answer did not stand up to validation.
bool is_bogus(std::uint16_t extended_error);

}  // namespace vedette::dns
