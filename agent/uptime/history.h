// SPDX-License-Identifier: Apache-2.0
// How long a component was in which condition: told from the instants at which that changed, and
// from the times at which nobody looked. Pure. Days are UTC days.
#pragma once

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "agent/uptime/condition.h"
#include "probes/clock.h"

namespace vedette::uptime {

using Day = std::chrono::sys_days;

// The condition from `began` until the next stretch begins.
struct Stretch {
  Instant began{};
  Condition condition = Condition::unknown;
  bool operator==(const Stretch&) const = default;
};

// No agent looked, so that everything is unknown, whatever the stretches say.
struct Gap {
  Instant began{}, ended{};
  bool operator==(const Gap&) const = default;
};

// Time by condition.
struct Spent {
  std::array<Duration, condition_count> in{};

  Duration operator[](Condition condition) const { return in[static_cast<std::size_t>(condition)]; }
  Duration& operator[](Condition condition) { return in[static_cast<std::size_t>(condition)]; }
  Duration total() const;
  // Without what is unknown.
  Duration known() const { return total() - (*this)[Condition::unknown]; }
  Spent& operator+=(const Spent& other);
  bool operator==(const Spent&) const = default;
};

// One component. Whole days that are long past are sums; of the time after them every change is
// kept.
struct History {
  // Nothing is known of the time before; nothing: of no time at all.
  std::optional<Instant> began;
  std::map<Day, Spent> past_days;  // those that were not wholly operational
  std::vector<Stretch> stretches;  // by `began`
  bool operator==(const History&) const = default;
};

// Of the time from `from` to `to`; what lies before the first stretch counts for nothing. `gaps`
// are in order and do not overlap.
Spent spent(const std::vector<Stretch>& stretches, const std::vector<Gap>& gaps, Instant from,
            Instant to);

// Of one day until `now`. Empty (total 0) before the history began, and after now.
Spent spent_on(const History& history, const std::vector<Gap>& gaps, Day day, Instant now);

// The share of the known time in which the component was up, from 0 to 1; nothing when nothing is
// known. As Statuspage has it: a major outage counts in full, a partial one for 30 %, degraded
// performance and maintenance not at all.
std::optional<double> availability(const Spent& spent);

// The condition that tells most about a time: the worst outage in it if there was any; else
// maintenance; else operational when most of the time is known, and unknown when it is not.
// Nothing for an empty one.
std::optional<Condition> mark_of(const Spent& spent);

}  // namespace vedette::uptime
