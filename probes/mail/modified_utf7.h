// SPDX-License-Identifier: Apache-2.0
// Names of mailboxes on the wire: modified UTF-7 (RFC 3501, section 5.1.3). Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace vedette::mail {

// UTF-8 to the wire. Nothing when the text is no UTF-8.
std::optional<std::string> encode_modified_utf7(std::string_view utf8);
// And back. Nothing when the text is none. "&AGE-" (an "a" in disguise) is refused, as the standard
// wants it: what is accepted comes out as it went in.
std::optional<std::string> decode_modified_utf7(std::string_view wire);

}  // namespace vedette::mail
