// SPDX-License-Identifier: Apache-2.0
// How texts travel through mail: quoted-printable and Base64 bodies (RFC 2045), encoded words in
// header fields (RFC 2047).
#pragma once

#include <string>
#include <string_view>

namespace vedette::message {

// Lines end in LF before and in CRLF after; no line is longer than 76 bytes, all of it is ASCII.
std::string quoted_printable(std::string_view text);
// Never fails: what is no valid escape stays as it is, as RFC 2045 recommends.
std::string decode_quoted_printable(std::string_view text);
// Never fails: everything that is no digit is skipped.
std::string decode_base64(std::string_view text);

// A body as text with LF line ends. `encoding` is the value of Content-Transfer-Encoding; 7bit,
// 8bit, binary and unknown ones leave the bytes as they are.
std::string decode_body(std::string_view body, std::string_view encoding);

// UTF-8 for an unstructured field: itself when it is printable ASCII, else encoded words of at most
// 75 bytes, cut between characters and separated by spaces.
std::string encode_words(std::string_view text);

}  // namespace vedette::message
