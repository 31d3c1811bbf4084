// SPDX-License-Identifier: Apache-2.0
// Whether a failure is theirs or ours. Pure.
#pragma once

#include <optional>

#include "probes/clock.h"
#include "probes/outcome.h"

namespace vedette::control {

// One look at the reference targets: it sees when enough of them answered as they should.
struct Round {
  Steady::time_point began{};
  bool sees = true;
};

// What the newest round says.
class Sight {
 public:
  void note(const Round& round) {
    if (!newest_ || round.began >= newest_->began) newest_ = round;
  }
  // Whether the agent could see when a run that started then failed. Nothing: no round has begun
  // since, and an older one proves nothing: the network may have gone in between.
  std::optional<bool> at(Steady::time_point started) const {
    if (!newest_ || newest_->began < started) return std::nullopt;
    return newest_->sees;
  }

 private:
  std::optional<Round> newest_;
};

// So much longer than its timeout may a run take, by the clock on the wall, before nobody attended
// to it: the loop was starved, the process or the machine stopped, or the clock was set.
inline constexpr Duration unattended_after{1'500};

// `took` is what the wall clock says; negative when it was put back.
inline bool was_unattended(Duration took, Duration timeout) {
  return took < Duration{-1'000} || took > timeout + unattended_after;
}

}  // namespace vedette::control
