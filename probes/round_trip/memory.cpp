// SPDX-License-Identifier: Apache-2.0
#include "probes/round_trip/memory.h"

#include <algorithm>

namespace vedette::round_trip {

std::vector<Token> recall(std::string_view memory, std::string_view owner) {
  std::vector<Token> out;
  while (!memory.empty() && out.size() < max_remembered) {
    const auto end = std::min(memory.find(' '), memory.size());
    const auto token = parse_token(memory.substr(0, end));
    if (token && token->owner == owner) out.push_back(*token);
    memory.remove_prefix(std::min(end + 1, memory.size()));
  }
  return out;
}

std::string remember(std::span<const Token> known, const Token& token) {
  if (known.size() >= max_remembered) known = known.last(max_remembered - 1);
  std::string out;
  for (const Token& earlier : known) out += earlier.text() + ' ';
  return out + token.text();
}

}  // namespace vedette::round_trip
