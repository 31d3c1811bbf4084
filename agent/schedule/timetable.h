// SPDX-License-Identifier: Apache-2.0
// When a check starts next. Pure: time is an argument, so that it runs in virtual time as well.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "probes/clock.h"

namespace vedette::schedule {

// How a check runs after something was done to what it watches: at once, and then as often for so
// long.
struct Pace {
  Duration every{5'000};
  Duration lasting{300'000};  // zero: once
};

// Slots stand at `origin + offset + n * every`. The offset is a stable hash of the check's name
// within the interval, so that thousands of checks spread evenly over it.
class Timetable {
 public:
  // `jitter` in [0, 1) moves the first start by up to a tenth of the interval, so that agents that
  // were started together do not probe in step.
  Timetable(std::string_view check, Duration every, Steady::time_point origin, double jitter = 0);

  // The next start: a slot, or an extra run that comes before it.
  Steady::time_point due() const { return std::min(extra_, slot_); }

  // The run that was due has been started at `started` (or given up): move on to the first slot
  // after it. Returns how many slots were passed over without a run; they are skipped, never made
  // up for.
  std::int64_t advance(Steady::time_point started);

  // Asks for an extra run at `at`, unless one comes before it. The slots stay where they are.
  void confirm(Steady::time_point at) { extra_ = std::min(extra_, at); }

  // Asks for a run now and for more of them at this pace, in place of a pace that was set before.
  void hurry(Steady::time_point now, const Pace& pace);

 private:
  static constexpr Steady::time_point never = Steady::time_point::max();

  Duration every_;
  Steady::time_point slot_;
  Steady::time_point extra_ = never;
  Duration pace_{};
  Steady::time_point pace_ends_ = Steady::time_point::min();
};

}  // namespace vedette::schedule
