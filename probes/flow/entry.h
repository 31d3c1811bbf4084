// SPDX-License-Identifier: Apache-2.0
// What a flow keeps beyond its run. Plain data.
#pragma once

#include <cstdint>
#include <string>

#include "probes/clock.h"

namespace vedette::flow {

// A step that may have had an effect which is not undone yet.
struct Entry {
  std::string id;  // of no other entry
  std::string flow, variant, run, step;
  Instant noted{};       // right before the step was sent
  std::string values;    // what the run knew, as a JSON object; secrets are in it
  int attempts = 0;      // at cleaning up, in vain
  std::string trouble;   // of the newest one; one sentence
  Instant not_before{};  // of the next one
  bool operator==(const Entry&) const = default;
};

// What a run took from the flow's limits.
struct Spent {
  std::string run;
  Instant at{};
  std::int64_t minor = 0;  // of the flow's currency
  bool operator==(const Spent&) const = default;
};

}  // namespace vedette::flow
