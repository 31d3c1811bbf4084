// SPDX-License-Identifier: Apache-2.0
// Measures the phases of a dialogue: at any moment exactly one of them is running.
#pragma once

#include <string_view>
#include <vector>

#include <boost/container/small_vector.hpp>

#include "probes/result.h"

namespace vedette::net {

class PhaseClock {
 public:
  // The total counts from here on.
  PhaseClock() : began_(Steady::now()), entered_(began_) {}

  // Time from now on counts for this phase, a string literal; for the first one, time from the
  // beginning, so that phases add up. Entered again, it adds to its earlier time.
  void enter(std::string_view phase);
  // The dialogue is over: no phase runs any more, and the total stands still.
  void stop();

  // The name of the phase that runs; empty before the first.
  std::string_view current() const { return current_; }
  // Zero for a phase that was never entered. The running one counts up to now.
  Microseconds of(std::string_view phase) const;
  Microseconds total() const;
  // In the order in which they were first entered, and "total" at the end.
  std::vector<Phase> list() const;

 private:
  Microseconds spent_in(const Phase& phase) const;
  Steady::time_point now() const { return stopped_ ? entered_ : Steady::now(); }
  Phase* find(std::string_view phase);

  boost::container::small_vector<Phase, 4> phases_;
  std::string_view current_;
  Steady::time_point began_;
  Steady::time_point entered_;  // the running phase; when stopped, the end
  bool stopped_ = false;
};

}  // namespace vedette::net
