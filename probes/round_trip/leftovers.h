// SPDX-License-Identifier: Apache-2.0
// Which messages in the mailbox are our own from earlier runs and may be cleared away.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "probes/message/message.h"
#include "probes/round_trip/token.h"

namespace vedette::round_trip {

// A message that the server thinks is ours.
struct Candidate {
  std::uint32_t uid = 0;
  message::Headers headers;
};

// The token of a message whose headers say that this owner sent it: exactly one of each of our two
// headers, a token in our exact spelling, the same owner in both. A subject, a quotation, a reply,
// another check's or another agent's message is not that.
std::optional<Token> own_token(const message::Headers& headers, std::string_view owner);

struct Leftover {
  std::uint32_t uid = 0;
  Token token;
};

// Those that no run can be waiting for any more: sent more than `in_flight` before `now`, or
// `settled`, tokens of runs that are known to have ended. At most `limit`, oldest UIDs first.
std::vector<Leftover> leftovers(std::span<const Candidate> candidates, std::string_view owner,
                                Instant now, Duration in_flight, std::span<const Token> settled,
                                std::size_t limit);

}  // namespace vedette::round_trip
