// SPDX-License-Identifier: Apache-2.0
// Replies of a POP3 server (RFC 1939, RFC 2449). Pure.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "probes/mail/capabilities.h"

namespace vedette::mail {

struct Pop3Reply {
  enum class Kind : std::uint8_t { ok, error, go_on };

  Kind kind = Kind::ok;
  std::string text;  // behind "+OK", "-ERR" or "+"

  bool ok() const { return kind == Kind::ok; }
};

// A line without its line end. The error is a sentence.
std::expected<Pop3Reply, std::string> parse_pop3_reply(std::string_view line);

// What a mailbox holds.
struct Pop3Drop {
  std::uint64_t messages = 0;
  std::uint64_t bytes = 0;
};
// The text of the reply to STAT.
std::optional<Pop3Drop> parse_drop(std::string_view text);

// A line of the list of capabilities: "SASL PLAIN LOGIN" also as "AUTH=PLAIN", "AUTH=LOGIN".
void add_pop3_capability(std::string_view line, Capabilities& out);

}  // namespace vedette::mail
