// SPDX-License-Identifier: Apache-2.0
// A window of time that comes again and again by a calendar and a clock on the wall. Pure.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "agent/brand/zone.h"
#include "probes/clock.h"

namespace vedette::calendar {

enum class Every : std::uint8_t { once, day, week, month };

// As the RRULE of RFC 5545 has it, as far as maintenances need it.
struct Repeat {
  Every every = Every::once;
  int interval = 1;                        // each, every second, ... 1 to 100
  std::vector<std::chrono::weekday> on{};  // by week: these days, else that of the first window.
                                           // By month, with `nth`: exactly one
  int nth = 0;    // by month: the first to fourth weekday `on`, -1 the last; 0: the day of the
                  // month of the first window, in months that have it
  int count = 0;  // so many windows in all; 0: no such end
  std::optional<std::chrono::year_month_day> until{};  // the last day on which one may begin
};

struct Schedule {
  std::chrono::year_month_day date{};  // of the first window, there
  std::chrono::minutes time{};         // of the day, there
  brand::Zone zone;
  Duration length{};
  Repeat repeat{};
};

struct Window {
  Instant begin{}, end{};
  bool operator==(const Window&) const = default;
};

// Those that end after `from` and begin before `to`, in their order, `most` at most. One that would
// begin before the one before it has ended (a whole day, on the day of 23 hours) begins at that
// end.
std::vector<Window> windows(const Schedule& schedule, Instant from, Instant to, std::size_t most);

}  // namespace vedette::calendar
