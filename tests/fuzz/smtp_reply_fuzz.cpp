// SPDX-License-Identifier: Apache-2.0
// Whatever an SMTP server sends as lines becomes bounded replies, or a sentence.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "probes/mail/smtp_reply.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check(const vedette::mail::SmtpReply& reply) {
  require(reply.code >= 200 && reply.code <= 599);
  require(!reply.lines.empty() && reply.lines.size() <= vedette::mail::SmtpReplyParser::max_lines);
  require(reply.enhanced.empty() || reply.enhanced[0] - '0' == reply.code / 100);
  require(reply.positive() + reply.temporary() + reply.permanent() == 1);
  const auto offered = vedette::mail::parse_extensions(reply);
  require(offered.capabilities.names().size() <= vedette::mail::Capabilities::max_names);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  vedette::mail::SmtpReplyParser parser;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    const auto complete = parser.add(line);
    if (!complete) {
      require(!complete.error().empty() && complete.error().size() < 1000);
      return 0;
    }
    if (*complete) check(parser.take());
  }
  return 0;
}
