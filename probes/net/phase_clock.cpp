// SPDX-License-Identifier: Apache-2.0
#include "probes/net/phase_clock.h"

namespace vedette::net {
namespace {

Microseconds between(Steady::time_point from, Steady::time_point to) {
  return std::chrono::duration_cast<Microseconds>(to - from);
}

// Names are literals, and most often the very same one.
bool is(const Phase& phase, std::string_view name) {
  return phase.name.data() == name.data() || phase.name == name;
}

}  // namespace

Phase* PhaseClock::find(std::string_view phase) {
  for (Phase& each : phases_) {
    if (is(each, phase)) return &each;
  }
  return nullptr;
}

void PhaseClock::enter(std::string_view phase) {
  const bool first = phases_.empty() && !stopped_;
  if (!first) stop();
  stopped_ = false;
  current_ = phase;
  if (find(phase) == nullptr) phases_.push_back({phase, Microseconds::zero()});
}

void PhaseClock::stop() {
  const auto at = now();
  if (Phase* running = find(current_)) running->duration += between(entered_, at);
  entered_ = at;
  current_ = {};
  stopped_ = true;
}

Microseconds PhaseClock::of(std::string_view phase) const {
  for (const Phase& each : phases_) {
    if (is(each, phase)) return spent_in(each);
  }
  return Microseconds::zero();
}

Microseconds PhaseClock::spent_in(const Phase& phase) const {
  const bool runs = is(phase, current_);
  return runs ? phase.duration + between(entered_, now()) : phase.duration;
}

Microseconds PhaseClock::total() const {
  return between(began_, now());
}

std::vector<Phase> PhaseClock::list() const {
  std::vector<Phase> out;
  out.reserve(phases_.size() + 1);
  for (const Phase& phase : phases_) out.push_back({phase.name, spent_in(phase)});
  out.push_back({"total", total()});
  return out;
}

}  // namespace vedette::net
