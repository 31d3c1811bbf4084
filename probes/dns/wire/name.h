// SPDX-License-Identifier: Apache-2.0
// Domain names: as people write them (RFC 1035, section 5.1) and as labels on the wire.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace vedette::dns {

inline constexpr std::size_t max_name = 255;  // on the wire, the root's label included
inline constexpr std::size_t max_label = 63;

// The uncompressed wire form. "." is the root, a final dot may be left out, `\.` and `\046` are
// escapes; only ASCII. The error is one sentence.
std::expected<std::string, std::string> encode_name(std::string_view text);

// Appends one label of a name as text: in lower case, escaped where it must be, and its dot.
void append_label(std::string& out, std::string_view label);

// "1.2.0.192.in-addr.arpa." of "192.0.2.1", the long ip6.arpa name of an IPv6 address; nothing when
// it is no address.
std::optional<std::string> reverse_name(std::string_view address);

}  // namespace vedette::dns
