// SPDX-License-Identifier: Apache-2.0
#include "agent/store/situation.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "agent/incident/counted.h"
#include "agent/store/agents_table.h"
#include "agent/store/changes_table.h"
#include "agent/store/components_table.h"
#include "agent/store/history_table.h"
#include "agent/store/incidents_table.h"
#include "agent/store/maintenances_table.h"
#include "agent/store/votes_table.h"

namespace vedette::store {
namespace {

// Beside the group's own: what is related to them, and what is part of the open incident.
std::vector<incident::Component> all_concerned(const Group& group,
                                               const std::optional<incident::Incident>& open) {
  std::vector<incident::Component> all = group.components;
  if (!group.landscape) return all;
  const auto add = [&](const std::string& id) {
    const auto found = group.landscape->find(id);
    if (found == group.landscape->end()) return;
    if (std::ranges::find(all, id, &incident::Component::id) == all.end())
      all.push_back(found->second);
  };
  std::ranges::for_each(group.related, add);
  if (!open) return all;
  for (const incident::IncidentComponent& member : open->components) add(member.component);
  return all;
}

uptime::Condition condition_of(const std::vector<incident::Vote>& votes,
                               incident::ComponentStatus status) {
  const bool seen = std::ranges::any_of(votes, [](const incident::Vote& vote) {
    return vote.verdict.state != detect::State::unknown;
  });
  return seen ? uptime::condition_of(status) : uptime::Condition::unknown;
}

// Since when the votes stand as they do: an outage began with its first failing sample.
Instant onset(const std::vector<incident::Vote>& votes, Instant now) {
  const auto since = [](const incident::Vote& vote) { return vote.verdict.since; };
  return votes.empty() ? now : since(*std::ranges::max_element(votes, {}, since));
}

// The group's own components, and guests of its incident.
bool is_ours(const incident::Component& component, const incident::Situation& situation,
             const incident::Incident* incident) {
  if (component.incident_group() == situation.group) return true;
  return incident != nullptr &&
         std::ranges::find(incident->components, component.id,
                           &incident::IncidentComponent::component) != incident->components.end();
}

bool is_maintained(const incident::Situation& situation, const std::string& component,
                   Instant now) {
  return std::ranges::any_of(situation.maintenances, [&](const incident::Maintenance& one) {
    return incident::is_active(one, now) && incident::names(one, component);
  });
}

// What is part of another group's incident has the status that it has there; a maintenance shows
// only where no incident says that it fails.
incident::ComponentStatus shown_anywhere(const incident::Component& component,
                                         const incident::Situation& situation,
                                         const std::vector<incident::Vote>& own,
                                         incident::ComponentStatus before,
                                         const incident::Incident* incident, Instant now) {
  using enum incident::ComponentStatus;
  const auto guest =
      std::ranges::find(situation.elsewhere, component.id, &incident::Elsewhere::component);
  if (before == under_maintenance) before = operational;
  const auto status = guest != situation.elsewhere.end()
                          ? guest->status
                          : incident::shown_status(component.id, own, before, incident);
  const bool well = status == operational;
  return well && is_maintained(situation, component.id, now) ? under_maintenance : status;
}

}  // namespace

incident::Situation load_situation(Db& db, const Group& group, Instant now) {
  incident::Situation situation;
  situation.group = group.key;
  situation.open = open_incident(db, group.key);
  situation.last_resolved = last_resolved_incident(db, group.key);
  situation.watched_since = watched_since(db, now);
  situation.components = all_concerned(group, situation.open);
  std::map<std::string, incident::Change> changes;
  std::map<std::string, incident::Maintenance> maintenances;
  for (const incident::Component& component : situation.components) {
    auto votes = votes_of_component(db, component.id, now - vote_outlives_agent);
    std::move(votes.begin(), votes.end(), std::back_inserter(situation.votes));
    auto elsewhere = memberships(db, component.id, group.key);
    std::move(elsewhere.begin(), elsewhere.end(), std::back_inserter(situation.elsewhere));
    for (auto& change : changes_of_component(db, component.id, now - incident::changes_reach))
      changes.emplace(change.id, std::move(change));
    for (auto& one :
         maintenances_of_component(db, component.id, now - incident::changes_reach, now))
      maintenances.emplace(one.id, std::move(one));
  }
  for (auto& [id, change] : changes) situation.changes.push_back(std::move(change));
  for (auto& [id, one] : maintenances) situation.maintenances.push_back(std::move(one));
  return situation;
}

bool write_statuses(Db& db, const incident::Situation& as_loaded,
                    const incident::Incident* incident, Instant now) {
  const incident::Situation situation = incident::as_counted(as_loaded, now);
  bool changed = false;
  for (const incident::Component& component : situation.components) {
    if (!is_ours(component, situation, incident)) continue;
    std::vector<incident::Vote> own;
    std::ranges::copy_if(situation.votes, std::back_inserter(own), [&](const incident::Vote& vote) {
      return vote.component == component.id;
    });
    const auto before = find_component(db, component.id);
    if (!before) add_component(db, component.id, now);
    const auto old_status = before ? before->status : incident::ComponentStatus::operational;
    const auto status = shown_anywhere(component, situation, own, old_status, incident, now);
    const bool maintained = status == incident::ComponentStatus::under_maintenance;
    changed |= note_condition(
        db, component.id,
        maintained ? uptime::Condition::under_maintenance : condition_of(own, status),
        maintained ? now : onset(own, now), now);
    if (status == old_status) continue;
    write_status(db, component.id, status, now);
    changed = true;
  }
  return changed;
}

}  // namespace vedette::store
