// SPDX-License-Identifier: Apache-2.0
// What the timeline of an incident tells about its past. Nothing else remembers it.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "agent/incident/model.h"

namespace vedette::incident {

const IncidentComponent* find(const Incident& incident, std::string_view component);

// The worst status that the component had in this incident, up to now.
ComponentStatus worst_status(const Incident& incident, const IncidentComponent& component);

// How often the component got worse again after `after`; its first failure does not count.
int setbacks(const Incident& incident, std::string_view component, Instant after);

inline bool by_hand(const Update& update) {
  return update.author != agent_author;
}
// The newest end of it was a person's doing.
bool resolved_by_hand(const Incident& incident);
// When a person gave the component the status that it has now; nothing: an agent did.
std::optional<Instant> set_by_hand(const Incident& incident, std::string_view component);
bool touched_by_hand(const Incident& incident);

// What the incident is while something fails: `identified` once somebody has said so, else
// `investigating`.
Status working_status(const Incident& incident);

// When it was opened, or reopened after it had been resolved.
Instant last_taken_up(const Incident& incident);

// When the present monitoring began. The incident must be in monitoring.
Instant monitoring_since(const Incident& incident);

// The entries since it last began to fail: from the opening, or from the return out of monitoring
// or resolved.
std::span<const Update> present_stretch(const Incident& incident);

}  // namespace vedette::incident
