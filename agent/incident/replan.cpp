// SPDX-License-Identifier: Apache-2.0
#include "agent/incident/replan.h"

#include <algorithm>

#include <fmt/format.h>

#include "agent/incident/wording.h"

namespace vedette::incident {

bool is_cancelled(const Maintenance& one) {
  return one.completed && !one.began && *one.completed < one.scheduled_for;
}

std::string cancelled_by(const Maintenance& one) {
  if (!is_cancelled(one)) return {};
  for (auto update = one.updates.rbegin(); update != one.updates.rend(); ++update) {
    if (update->at == *one.completed) return update->author;  // not a comment made afterwards
  }
  return one.updates.back().author;
}

Maintenance planned_again(Maintenance one, const std::string& author, Instant now) {
  if (!is_cancelled(one) || one.scheduled_until <= now) return one;
  one.completed.reset();
  one.status = MaintenanceStatus::scheduled;
  one.updates.push_back({static_cast<int>(one.updates.size()) + 1,
                         std::max(now, one.updates.back().at), one.status,
                         fmt::format("This maintenance is planned again, from {} to {}.",
                                     wording::clock(one.scheduled_for, now),
                                     wording::clock(one.scheduled_until, one.scheduled_for)),
                         author});
  return one;
}

}  // namespace vedette::incident
