// SPDX-License-Identifier: Apache-2.0
#include "probes/net/timeouts.h"

namespace vedette::net {

void Timeout::set(Steady::time_point at) {
  if (is_linked()) all_.take_out(*this);
  at_ = at;
  all_.waiting_.insert(*this);
  all_.set_alarm();
}

// The alarm may ring for one that is gone, unless none is left.
void Timeout::clear() {
  if (!is_linked()) return;
  all_.take_out(*this);
  if (all_.waiting_.empty()) all_.alarm_.clear();
}

void Timeouts::take_out(Timeout& timeout) {
  waiting_.erase(waiting_.iterator_to(timeout));
}

void Timeouts::ring() {
  const auto now = Steady::now();
  while (!waiting_.empty() && waiting_.begin()->at_ <= now) {
    Timeout& due = *waiting_.begin();
    take_out(due);
    due.on_time_();
  }
  set_alarm();
}

void Timeouts::set_alarm() {
  if (!waiting_.empty()) alarm_.set(waiting_.begin()->at_);
}

}  // namespace vedette::net
