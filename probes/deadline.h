// SPDX-License-Identifier: Apache-2.0
// The point in time at which a run must be over. Made once per run, passed by value to every await.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

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
  // An equal part of the time that is left, when `parts` things are to be tried one after the
  // other.
  Deadline share(std::size_t parts) const {
    if (parts <= 1) return *this;
    const auto now = Steady::now();
    return {now + (at - now) / static_cast<std::int64_t>(parts)};
  }
  // An address that does not answer must leave time for the next one.
  Deadline halfway() const { return share(2); }
};

}  // namespace vedette
