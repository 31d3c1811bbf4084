// SPDX-License-Identifier: Apache-2.0
#include "agent/control/gate.h"

namespace vedette::control {

void Gate::enable(bool enabled) {
  enabled_ = enabled;
  if (!enabled) tell_waiters();
}

void Gate::note(const Round& round) {
  sight_.note(round);
  tell_waiters();
}

std::optional<bool> Gate::sees(Steady::time_point started, const std::shared_ptr<Waiter>& waiter) {
  if (!enabled_) return true;
  const auto seen = sight_.at(started);
  if (seen) return seen;
  if (waiters_.empty()) ask_();
  waiters_.push_back(waiter);
  return std::nullopt;
}

void Gate::tell_waiters() {
  for (const auto& waiter : std::exchange(waiters_, {})) {
    if (const auto alive = waiter.lock()) alive->on_round();
  }
}

}  // namespace vedette::control
