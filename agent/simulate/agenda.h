// SPDX-License-Identifier: Apache-2.0
// Virtual time: what shall happen when. Nothing waits; the clock jumps from one entry to the next.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <utility>

#include "probes/clock.h"

namespace vedette::simulate {

class Agenda {
 public:
  explicit Agenda(Instant start) : now_(start) {}

  Instant now() const { return now_; }

  // What is due at one instant happens in the order in which it was noted. The past is now.
  void note(Instant at, std::function<void()> action) {
    entries_.emplace(std::pair{std::max(at, now_), ++noted_}, std::move(action));
  }

  // Does everything up to and including `end`, also what is noted on the way.
  void run_until(Instant end) {
    while (!entries_.empty() && entries_.begin()->first.first <= end) {
      auto next = entries_.extract(entries_.begin());
      now_ = next.key().first;
      next.mapped()();
    }
    now_ = end;
  }

  void clear() { entries_.clear(); }

 private:
  Instant now_;
  std::uint64_t noted_ = 0;
  std::map<std::pair<Instant, std::uint64_t>, std::function<void()>> entries_;
};

}  // namespace vedette::simulate
