// SPDX-License-Identifier: Apache-2.0
#include "agent/detect/policy.h"

#include <fmt/format.h>

namespace vedette::detect {

std::string fingerprint(const Policy& policy) {
  const auto& [results, of, passes] = policy.degraded;
  const auto& [catches, false_alarm_every, normal_failures, worth_knowing] = policy.intermittent;
  const auto& [damps, start, stop] = policy.flapping;
  const auto& [compares, factor, floor, days] = policy.slower;
  return fmt::format("{} {} {} {} | {} {} {} | {} {} {} {} | {} {} {} | {} {} {} {} | {}",
                     policy.failures, policy.of, policy.passes, policy.confirm_after.count(),
                     results, of, passes, catches, false_alarm_every.count(), normal_failures,
                     worth_knowing, damps, start, stop, compares, factor, floor.count(), days,
                     policy.every.count());
}

}  // namespace vedette::detect
