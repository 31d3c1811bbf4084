// SPDX-License-Identifier: Apache-2.0
// The stable words of a verdict's states.
#include "agent/detect/verdict.h"

#include <algorithm>
#include <array>

namespace vedette::detect {
namespace {

constexpr std::array<std::string_view, 4> words{"up", "degraded", "down", "unknown"};

}  // namespace

std::string_view text(State state) {
  return words[static_cast<std::size_t>(state)];
}

std::optional<State> parse_state(std::string_view text) {
  const auto found = std::ranges::find(words, text);
  if (found == words.end()) return std::nullopt;
  return static_cast<State>(found - words.begin());
}

}  // namespace vedette::detect
