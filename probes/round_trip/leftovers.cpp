// SPDX-License-Identifier: Apache-2.0
#include "probes/round_trip/leftovers.h"

#include <algorithm>

namespace vedette::round_trip {

std::optional<Token> own_token(const message::Headers& headers, std::string_view owner) {
  if (message::count(headers, owner_header) != 1 || message::count(headers, token_header) != 1) {
    return std::nullopt;
  }
  const auto token = parse_token(*message::find(headers, token_header));
  if (!token || token->owner != owner || *message::find(headers, owner_header) != owner) {
    return std::nullopt;
  }
  return token;
}

std::vector<Leftover> leftovers(std::span<const Candidate> candidates, std::string_view owner,
                                Instant now, Duration in_flight, std::span<const Token> settled,
                                std::size_t limit) {
  std::vector<Leftover> out;
  for (const Candidate& candidate : candidates) {
    const auto token = own_token(candidate.headers, owner);
    if (!token) continue;
    const bool is_settled = std::ranges::find(settled, *token) != settled.end();
    if (is_settled || now - token->sent > in_flight) out.push_back({candidate.uid, *token});
  }
  std::ranges::sort(out, {}, &Leftover::uid);
  if (out.size() > limit) out.resize(limit);
  return out;
}

}  // namespace vedette::round_trip
