// SPDX-License-Identifier: Apache-2.0
// How much a flow may still do: runs within an hour, money within a day.
#pragma once

#include <deque>
#include <optional>
#include <string>

#include "probes/flow/journal.h"
#include "probes/flow/settings.h"

namespace vedette::flow {

// Why a run would be one too many, one sentence; empty: it would not. `spent` is what was spent
// within the last 24 hours, in any order. Both windows slide. Pure.
std::string limit_reached(const Limits& limits, const std::optional<Amount>& amount_of_run,
                          const std::deque<Spent>& spent, Instant now);

inline bool has_limits(const Limits& limits) {
  return limits.runs_per_hour > 0 || limits.amount_per_day.has_value();
}

// What was spent, read from the journal once and kept in step with it. Used on one loop.
class Usage {
 public:
  struct Refusal {
    Reason reason;  // limit_reached, or agent_blind when the journal cannot be read or written
    std::string message;
  };

  // Writes down that the run takes place, or says why it must not.
  Awaitable<std::optional<Refusal>> admit(const Settings& settings, std::string flow,
                                          std::string run, Journal* journal);

 private:
  std::deque<Spent> spent_;
  bool known_ = false;
};

}  // namespace vedette::flow
