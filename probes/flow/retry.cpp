// SPDX-License-Identifier: Apache-2.0
#include "probes/flow/retry.h"

#include <algorithm>

namespace vedette::flow {

Entry after_attempt(Entry entry, Instant now) {
  constexpr Duration first{5'000};
  constexpr Duration longest{300'000};
  constexpr int doublings = 6;  // then it is the longest anyway
  const auto pause = first * (1 << std::min(entry.attempts, doublings));
  ++entry.attempts;
  entry.not_before = now + std::min(pause, longest);
  return entry;
}

}  // namespace vedette::flow
