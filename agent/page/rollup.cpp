// SPDX-License-Identifier: Apache-2.0
#include "agent/page/rollup.h"

#include <algorithm>

namespace vedette::page {
namespace {

using incident::ComponentStatus;
using incident::Impact;

constexpr Rollup operational{"none", "All Systems Operational"};
constexpr Rollup some_degraded{"minor", "Partially Degraded Service"};
constexpr Rollup all_degraded{"minor", "Degraded System Service"};
constexpr Rollup some_partial{"minor", "Minor Service Outage"};
constexpr Rollup some_major{"major", "Partial System Outage"};
constexpr Rollup all_major{"critical", "Major System Outage"};
constexpr Rollup maintenance{"maintenance", "Service Under Maintenance"};

Rollup of_impact(Impact worst) {
  switch (worst) {
    case Impact::none:
      break;
    case Impact::minor:
      return some_partial;
    case Impact::major:
      return some_major;
    case Impact::critical:
      return all_major;
  }
  return operational;
}

}  // namespace

Rollup roll_up(const std::vector<ComponentStatus>& components, Impact worst_open_impact) {
  if (components.empty()) return of_impact(worst_open_impact);
  const auto any = [&](ComponentStatus status) {
    return std::ranges::count(components, status) > 0;
  };
  const auto all = [&](ComponentStatus status) {
    return std::ranges::count(components, status) == std::ssize(components);
  };
  if (all(ComponentStatus::major_outage)) return all_major;
  if (any(ComponentStatus::major_outage) || all(ComponentStatus::partial_outage)) return some_major;
  if (any(ComponentStatus::partial_outage)) return some_partial;
  if (all(ComponentStatus::degraded_performance)) return all_degraded;
  if (any(ComponentStatus::degraded_performance)) return some_degraded;
  return any(ComponentStatus::under_maintenance) ? maintenance : operational;
}

}  // namespace vedette::page
