// SPDX-License-Identifier: Apache-2.0
// Single fields of records as text. Pure; sizes of what comes out are bounded by what goes in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vedette::dns {

// Empty when there are not 4 (16) bytes.
std::string ipv4_text(std::string_view bytes);
std::string ipv6_text(std::string_view bytes);
// YYYYMMDDHHMMSS in UTC (RFC 4034, section 3.2).
std::string time_text(std::uint32_t seconds);

// "\"v=spf1 -all\"": in double quotes, `"` and `\` escaped, other bytes than visible ASCII and the
// space as \DDD.
std::string quoted(std::string_view text);
// The same without quotes.
std::string escaped(std::string_view text);

std::string hex_text(std::string_view bytes);     // upper case
std::string base64_text(std::string_view bytes);  // in one piece
// RFC 4648, section 7, in lower case without padding; nothing when it is empty.
std::optional<std::string> base32_text(std::string_view bytes);
std::string salt_text(std::string_view bytes);
// Letters and digits (RFC 8659, section 4.1); nothing otherwise.
std::optional<std::string> tag_text(std::string_view bytes);
// "A NS SOA" (RFC 4034, section 4.1.2); nothing when windows are out of order or have a wrong
// length.
std::optional<std::string> type_bitmap_text(std::string_view bytes);

}  // namespace vedette::dns
