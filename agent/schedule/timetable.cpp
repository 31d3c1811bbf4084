// SPDX-License-Identifier: Apache-2.0
#include "agent/schedule/timetable.h"

#include "probes/stable_hash.h"

namespace vedette::schedule {

Timetable::Timetable(std::string_view check, Duration every, Steady::time_point origin,
                     double jitter)
    : every_(every) {
  const auto interval = static_cast<std::uint64_t>(every.count());
  const auto offset = stable_hash(check) % interval;
  const auto shift = static_cast<std::uint64_t>(jitter * static_cast<double>(interval) / 10);
  slot_ = origin + Duration((offset + shift) % interval);
}

void Timetable::hurry(Steady::time_point now, const Pace& pace) {
  extra_ = now;
  pace_ = pace.every;
  pace_ends_ = now + pace.lasting;
}

std::int64_t Timetable::advance(Steady::time_point started) {
  const bool was_extra = extra_ < slot_;
  extra_ = started + pace_ <= pace_ends_ ? started + pace_ : never;
  if (slot_ > started) return 0;
  const auto passed = (started - slot_) / every_ + 1;
  slot_ += passed * every_;
  return was_extra ? passed : passed - 1;
}

}  // namespace vedette::schedule
