// SPDX-License-Identifier: Apache-2.0
// What the runs of one check came to lately: each of the newest, and sums of the last day. Written
// by one thread, read by others, without a lock; a reader may meet a sum that is one run behind.
// Gone with the process: Prometheus keeps the numbers.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <vector>

#include "probes/clock.h"
#include "probes/outcome.h"

namespace vedette::metrics {

class Recent {
 public:
  static constexpr std::size_t newest_kept = 60;
  static constexpr std::size_t slots = 24;
  static constexpr std::chrono::minutes slot_length{60};

  // Times up to 17 minutes, as exact as a chart needs (log_time.h): ten thousand checks have one
  // of these each.
  struct Run {
    Outcome outcome = Outcome::pass;
    Microseconds took{};
  };
  // The runs that started in one hour.
  struct Slot {
    Instant began{};
    std::uint32_t passed = 0, degraded = 0, failed = 0, unknown = 0;
    Microseconds mean{}, longest{};  // of all but the unknown ones
  };

  // Writer thread only. A clock that was put back begins the slot of its time anew.
  void record(Outcome outcome, Instant started, Microseconds took);

  // Oldest first.
  std::vector<Run> newest() const;
  // Of the last day until `now`, oldest first; without those that had no runs.
  std::vector<Slot> last_day(Instant now) const;

 private:
  struct Cell {
    std::atomic<std::uint16_t> number{0};              // of the hour, see number_of()
    std::array<std::atomic<std::uint16_t>, 4> runs{};  // by outcome
    std::atomic<std::uint16_t> longest{0};             // log_time
    std::atomic<float> sum{0};                         // seconds
  };
  static Slot read(const Cell& cell, Instant began);

  std::array<Cell, slots> cells_;
  std::array<std::atomic<std::uint16_t>, newest_kept> newest_{};  // log_time, and the outcome below
  std::atomic<std::uint32_t> runs_{0};
};

}  // namespace vedette::metrics
