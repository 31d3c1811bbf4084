// SPDX-License-Identifier: Apache-2.0
// The checks of a shard that wait for their next run, the one that is due first in front. A check
// that waits costs one small entry here: no timer and no coroutine of its own.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "agent/schedule/runner.h"

namespace vedette::schedule {

class DueQueue {
 public:
  // Waits from now on for the runner's due(); when that changes meanwhile, call sort_anew().
  void push(std::shared_ptr<Runner> runner);

  // When the first one is due; nothing when none waits.
  std::optional<Steady::time_point> next() const;

  // Takes the first one out if it is due by `now`, else null.
  std::shared_ptr<Runner> take_due(Steady::time_point now);

  void forget_stopped();
  // Some of the runners are due earlier than before.
  void sort_anew();
  void clear() { heap_.clear(); }

 private:
  struct Entry {
    Steady::time_point due;
    std::shared_ptr<Runner> runner;
  };
  static bool later(const Entry& one, const Entry& other) { return one.due > other.due; }

  std::vector<Entry> heap_;
};

}  // namespace vedette::schedule
