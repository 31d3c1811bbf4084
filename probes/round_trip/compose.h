// SPDX-License-Identifier: Apache-2.0
// The message of one run: text/plain in UTF-8 (RFC 5322, RFC 2045), with the run's token.
#pragma once

#include <string>
#include <string_view>

#include "probes/message/address.h"
#include "probes/message/message.h"
#include "probes/round_trip/token.h"

namespace vedette::round_trip {

// What the configuration says of the message. Everything in it was checked.
struct Template {
  message::Address from;
  message::Address to;
  std::string subject;
  message::Headers headers;  // beside those that are set by themselves; values in UTF-8
  std::string body;          // lines end in LF
};

struct Composed {
  std::string text;          // lines end in CRLF; ASCII; dots are not stuffed
  message::Headers headers;  // those that must arrive as they are, as they stand in the text
  std::string body;          // as it must be read again, with LF
};

Composed compose(const Template& parts, const Token& token, Instant now);

// Letters beyond ASCII and a line that begins with a dot: what careless servers damage.
extern const std::string_view default_body;

// A header that the configuration may set: visible ASCII without a colon, and none of those that
// are set by themselves or that only servers write.
bool may_set_header(std::string_view name);
// A value or subject that stays one line: no control characters, at most 800 bytes.
bool is_one_line(std::string_view value);
// A body: LF and tabs are the only control characters; at most 64 KiB.
bool is_body(std::string_view text);

}  // namespace vedette::round_trip
