// SPDX-License-Identifier: Apache-2.0
// The point in time at which a run must be over. Made once per run, passed by value to every await.
#pragma once

#include <algorithm>

#include "probes/clock.h"

namespace vedette {

struct Deadline {
  Steady::time_point at;

  static Deadline in(Duration duration) { return {Steady::now() + duration}; }
  bool expired() const { return Steady::now() >= at; }
  // Never negative; rounded up, so that a wait for it does not wake too early.
  Duration remaining() const {
    return std::max(Duration::zero(), std::chrono::ceil<Duration>(at - Steady::now()));
  }
  // Half of the time that is left: an address that does not answer must leave time for the next
  // one.
  Deadline halfway() const {
    const auto now = Steady::now();
    return {now + (at - now) / 2};
  }
};

}  // namespace vedette
