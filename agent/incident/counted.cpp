// SPDX-License-Identifier: Apache-2.0
#include "agent/incident/counted.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "agent/incident/timeline.h"
#include "agent/incident/view.h"

namespace vedette::incident {
namespace {

bool is_silenced(const Situation& situation, const Vote& vote, Instant now) {
  return std::ranges::any_of(situation.maintenances, [&](const Maintenance& one) {
    return is_active(one, now) && names(one, vote.component) && vote.verdict.since >= start_of(one);
  });
}

bool is_dismissed(const Situation& situation, const Vote& vote) {
  const auto& last = situation.last_resolved;
  if (!last || !last->resolved || !last->merged_into.empty()) return false;
  if (!resolved_by_hand(*last)) return false;
  return vote.verdict.since <= *last->resolved && find(*last, vote.component) != nullptr;
}

}  // namespace

Instant start_of(const Maintenance& maintenance) {
  return maintenance.began.value_or(maintenance.scheduled_for);
}

bool is_active(const Maintenance& maintenance, Instant now) {
  return maintenance.status != MaintenanceStatus::completed && !maintenance.completed &&
         start_of(maintenance) <= now && now < end_of(maintenance);
}

Instant end_of(const Maintenance& maintenance) {
  return maintenance.completed.value_or(maintenance.scheduled_until + maintenance.verify_for);
}

bool names(const Maintenance& maintenance, std::string_view component) {
  return std::ranges::find(maintenance.components, component) != maintenance.components.end();
}

const Maintenance* failing_since(const Situation& situation, const Vote& vote, Instant now) {
  for (const Maintenance& one : situation.maintenances) {
    const bool over = start_of(one) <= now && !is_active(one, now);
    const bool within = vote.verdict.since >= start_of(one) && vote.verdict.since < end_of(one);
    if (over && within && names(one, vote.component)) return &one;
  }
  return nullptr;
}

Situation as_counted(Situation situation, Instant now) {
  std::ranges::sort(situation.components, {}, &Component::id);
  std::ranges::sort(situation.votes, {},
                    [](const Vote& vote) { return std::tie(vote.check, vote.region); });
  std::ranges::sort(situation.maintenances, {}, &Maintenance::id);
  for (Vote& vote : situation.votes) {
    if (!failing(vote)) continue;
    if (is_dismissed(situation, vote)) {
      vote.verdict.state = detect::State::up;
      vote.verdict.unstable = false;
    } else if (is_silenced(situation, vote, now)) {
      vote.verdict.state = detect::State::unknown;
    }
  }
  return situation;
}

}  // namespace vedette::incident
