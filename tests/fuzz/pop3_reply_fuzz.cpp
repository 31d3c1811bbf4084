// SPDX-License-Identifier: Apache-2.0
// Whatever a POP3 server sends as lines becomes a reply, or a sentence.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "probes/mail/pop3_reply.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  vedette::mail::Capabilities told;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    vedette::mail::add_pop3_capability(line, told);
    const auto reply = vedette::mail::parse_pop3_reply(line);
    if (!reply && (reply.error().empty() || reply.error().size() > 1000)) std::abort();
    if (reply && reply->text.size() > line.size()) std::abort();
    if (reply) vedette::mail::parse_drop(reply->text);
  }
  if (told.names().size() > vedette::mail::Capabilities::max_names) std::abort();
  return 0;
}
