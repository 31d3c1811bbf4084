// SPDX-License-Identifier: Apache-2.0
#include "agent/incident/timeline.h"

#include <algorithm>
#include <ranges>

#include "agent/incident/view.h"

namespace vedette::incident {
namespace {

bool working(Status status) {
  return status == Status::investigating || status == Status::identified;
}

const AffectedComponent* find(const Update& update, std::string_view component) {
  const auto found = std::ranges::find(update.affected, component, &AffectedComponent::component);
  return found == update.affected.end() ? nullptr : &*found;
}

}  // namespace

const IncidentComponent* find(const Incident& incident, std::string_view component) {
  const auto found =
      std::ranges::find(incident.components, component, &IncidentComponent::component);
  return found == incident.components.end() ? nullptr : &*found;
}

ComponentStatus worst_status(const Incident& incident, const IncidentComponent& component) {
  ComponentStatus worst = component.status;
  for (const Update& update : incident.updates) {
    const AffectedComponent* then = find(update, component.component);
    if (then && severity(then->new_status) > severity(worst)) worst = then->new_status;
  }
  return worst;
}

int setbacks(const Incident& incident, std::string_view component, Instant after) {
  int count = 0;
  const AffectedComponent* before = nullptr;
  for (const Update& update : incident.updates) {
    const AffectedComponent* then = find(update, component);
    const bool worse = then && before && severity(then->new_status) > severity(before->new_status);
    if (worse && update.at > after) ++count;
    if (then) before = then;
  }
  return count;
}

bool resolved_by_hand(const Incident& incident) {
  for (const Update& update : incident.updates | std::views::reverse) {
    if (update.status == Status::resolved) return by_hand(update);
  }
  return false;
}

std::optional<Instant> set_by_hand(const Incident& incident, std::string_view component) {
  for (const Update& update : incident.updates | std::views::reverse) {
    const AffectedComponent* then = find(update, component);
    if (then == nullptr || then->new_status == then->old_status) continue;
    return by_hand(update) ? std::optional(update.at) : std::nullopt;
  }
  return std::nullopt;
}

bool touched_by_hand(const Incident& incident) {
  return std::ranges::any_of(incident.updates, by_hand);
}

Status working_status(const Incident& incident) {
  for (const Update& update : incident.updates | std::views::reverse) {
    if (working(update.status)) return update.status;
  }
  return Status::investigating;
}

Instant last_taken_up(const Incident& incident) {
  Instant at = incident.opened;
  for (std::size_t i = 1; i < incident.updates.size(); ++i) {
    if (incident.updates[i - 1].status == Status::resolved) at = incident.updates[i].at;
  }
  return at;
}

Instant monitoring_since(const Incident& incident) {
  Instant since = incident.opened;
  for (const Update& update : incident.updates | std::views::reverse) {
    if (update.status != Status::monitoring) break;
    since = update.at;
  }
  return since;
}

std::span<const Update> present_stretch(const Incident& incident) {
  std::size_t begin = 0;
  for (std::size_t i = 1; i < incident.updates.size(); ++i) {
    if (working(incident.updates[i].status) && !working(incident.updates[i - 1].status)) begin = i;
  }
  return std::span(incident.updates).subspan(begin);
}

}  // namespace vedette::incident
