// SPDX-License-Identifier: Apache-2.0
// Small encodings of texts for the wire: hexadecimal, Base64, percent, form, JSON string, HTML.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace vedette {

// Two digits a byte, in lower case.
std::string hex(std::string_view bytes);
// RFC 4648, section 4, with padding.
std::string base64(std::string_view bytes);
// The bytes behind Base64 with padding; nothing when the text is none.
std::optional<std::string> base64_decode(std::string_view text);
// RFC 3986: everything but unreserved characters as %XX.
std::string percent_encode(std::string_view text);
// application/x-www-form-urlencoded: as percent_encode, but a space is "+".
std::string form_encode(std::string_view text);
// The inside of a JSON string (RFC 8259), without the quotes. Bytes over 0x7f pass as they are.
std::string json_escape(std::string_view text);
// Text as HTML: & < > " and ' as entities.
std::string html_escape(std::string_view text);

// RFC 3629.
bool is_utf8(std::string_view bytes);
// Foreign bytes as one line of valid UTF-8: control characters and invalid bytes become \n, \x1b
// ...
std::string printable(std::string_view bytes);
// At most `limit` bytes, cut between characters.
std::string_view shorten(std::string_view text, std::size_t limit);

}  // namespace vedette
