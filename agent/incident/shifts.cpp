// SPDX-License-Identifier: Apache-2.0
#include "agent/incident/shifts.h"

#include <algorithm>
#include <tuple>

#include "agent/incident/timeline.h"

namespace vedette::incident {
namespace {

// A component that got worse this often of late is unstable, be its checks steady or not: each of
// its recoveries would be told too soon.
constexpr int unstable_from = 3;

// At most so many windows of stability are asked for.
constexpr int longest_wait = 10;

// Those since the incident was opened or taken up again, and in any case those of the last while.
int recent_setbacks(const Incident& incident, const std::string& component, const Policy& policy,
                    Instant now) {
  const Instant a_while_ago = now - longest_wait * policy.resolve_after;
  return setbacks(incident, component, std::min(a_while_ago, last_taken_up(incident)));
}

// The status to show. While unstable, good news has to last, the longer the more often it did not.
ComponentStatus believed(const Incident& incident, const IncidentComponent& entry,
                         const ComponentView& seen, const Policy& policy, Instant now) {
  const ComponentStatus status = status_of(seen.votes, entry.status);
  if (severity(status) >= severity(entry.status)) return status;
  const int count = recent_setbacks(incident, entry.component, policy, now);
  const Duration wait = std::min(count, longest_wait) * policy.resolve_after;
  const bool lasting = now - *settled_since(seen.votes) >= wait;
  return count < unstable_from || lasting ? status : entry.status;
}

// The machine does not fight a person: what one has set stands until a check says something new.
bool is_held(const Incident& incident, const IncidentComponent& entry, const ComponentView& seen) {
  const auto set = set_by_hand(incident, entry.component);
  return set && settled_since(seen.votes).value_or(*set) <= *set;
}

Shift::Kind kind_of(bool part_of_it, ComponentStatus before, ComponentStatus after) {
  if (!part_of_it) return Shift::Kind::added;
  if (!failing(after)) return Shift::Kind::recovered;
  if (!failing(before)) return Shift::Kind::back;
  return severity(after) > severity(before) ? Shift::Kind::worse : Shift::Kind::better;
}

void add_if_shifted(std::vector<Shift>& shifts, const Incident& incident, const ComponentView& seen,
                    const Policy& policy, Instant now) {
  const std::string& id = seen.component->id;
  const IncidentComponent* entry = find(incident, id);
  const auto before = entry ? entry->status : ComponentStatus::operational;
  const auto after = entry ? believed(incident, *entry, seen, policy, now)
                           : status_of(seen.votes, ComponentStatus::operational);
  if (after == before || (entry && is_held(incident, *entry, seen))) return;
  Shift shift{.kind = kind_of(entry != nullptr, before, after),
              .component = id,
              .name = entry ? entry->name : seen.component->name,
              .status = after,
              .votes = seen.votes,
              .since = settled_since(seen.votes).value_or(now)};
  // The setback that is being told now is one more.
  const bool setback = entry && severity(after) > severity(before);
  shift.unstable =
      (setback && recent_setbacks(incident, id, policy, now) + 1 >= unstable_from) ||
      std::ranges::any_of(seen.votes, [](const Vote* vote) { return unstable(*vote); });
  shifts.push_back(std::move(shift));
}

}  // namespace

std::vector<Shift> shifts_of(const Incident& incident, const View& view, const Policy& policy,
                             Instant now) {
  std::vector<Shift> shifts;
  for (const auto& [id, seen] : view) add_if_shifted(shifts, incident, seen, policy, now);
  for (const IncidentComponent& entry : incident.components) {
    if (!failing(entry.status) || view.contains(entry.component)) continue;
    if (set_by_hand(incident, entry.component)) continue;
    Shift& shift = shifts.emplace_back();
    shift.kind = Shift::Kind::dropped;
    shift.component = entry.component;
    shift.name = entry.name;
    shift.since = now;
  }
  std::ranges::sort(shifts, {},
                    [](const Shift& shift) { return std::tie(shift.kind, shift.component); });
  return shifts;
}

}  // namespace vedette::incident
