// SPDX-License-Identifier: Apache-2.0
// A reply of an SMTP server (RFC 5321, section 4.2), put together line by line. Pure, bounded.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/mail/capabilities.h"

namespace vedette::mail {

struct SmtpReply {
  int code = 0;                    // 200 to 599
  std::string enhanced;            // "4.7.1" (RFC 2034); empty: the server told none
  std::vector<std::string> lines;  // behind the code; at least one

  bool positive() const { return code < 400; }  // also "go on" (3yz)
  bool temporary() const { return code >= 400 && code < 500; }
  bool permanent() const { return code >= 500; }
  // "451 4.7.1 Greylisted, try again later": one line, with spaces for line ends.
  std::string words() const;
};

class SmtpReplyParser {
 public:
  static constexpr std::size_t max_lines = 100;

  // Takes one line without its line end. True: the reply is complete. The error is a sentence about
  // the line: "the reply \"...\" does not begin with a code".
  std::expected<bool, std::string> add(std::string_view line);
  // The complete reply; the parser is then ready for the next one.
  SmtpReply take();

 private:
  SmtpReply reply_;
};

struct SmtpExtensions {
  Capabilities capabilities;                // "SIZE", "AUTH", "AUTH=PLAIN" ...
  std::optional<std::uint64_t> size_limit;  // bytes of a message (RFC 1870); nothing: not told
};

// What a reply to EHLO offers. The first line, which greets, offers nothing.
SmtpExtensions parse_extensions(const SmtpReply& reply);

}  // namespace vedette::mail
