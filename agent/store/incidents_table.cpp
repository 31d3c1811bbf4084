// SPDX-License-Identifier: Apache-2.0
#include "agent/store/incidents_table.h"

#include <algorithm>
#include <utility>

#include "agent/store/updates_table.h"
#include "agent/store/words.h"

namespace vedette::store {
namespace {

using incident::Incident;
using incident::IncidentComponent;

Incident read_row(Db& db, const Statement& row) {
  Incident incident;
  incident.id = row.text(0);
  incident.group = row.text(1);
  incident.title = row.text(2);
  incident.impact = word(db, incident::parse_impact, row.text(3));
  incident.status = word(db, incident::parse_status, row.text(4));
  incident.impact_began = row.instant(5);
  incident.detected = row.instant(6);
  incident.opened = row.instant(7);
  incident.mitigated = row.maybe_instant(8);
  incident.resolved = row.maybe_instant(9);
  incident.detected_by = row.text(10);
  if (const auto held = row.maybe_text(11)) {
    incident.held_impact = word(db, incident::parse_impact, *held);
  }
  incident.acknowledged_by = row.text(12);
  incident.merged_into = row.text(13);
  incident.worst = word(db, incident::parse_impact, row.text(14));
  return incident;
}

std::vector<IncidentComponent> read_components(Db& db, const std::string& id) {
  std::vector<IncidentComponent> components;
  db.query(
      "SELECT component, name, status, added, recovered FROM incident_components "
      "WHERE incident = ? ORDER BY position",
      [&](const Statement& row) {
        components.push_back({row.text(0), row.text(1),
                              word(db, incident::parse_component_status, row.text(2)),
                              row.instant(3), row.maybe_instant(4)});
      },
      id);
  return components;
}

#define INCIDENT_SELECT                                                           \
  "SELECT id, group_key, title, impact, status, impact_began, detected, opened, " \
  "mitigated, resolved, detected_by, held_impact, acknowledged_by, merged_into, " \
  "worst_impact FROM incidents "
constexpr std::string_view by_id = INCIDENT_SELECT "WHERE id = ?";
constexpr std::string_view open_of_group =
    INCIDENT_SELECT "WHERE group_key = ? AND resolved IS NULL";
constexpr std::string_view last_resolved_of_group = INCIDENT_SELECT
    "WHERE group_key = ? AND resolved IS NOT NULL ORDER BY resolved DESC, opened DESC LIMIT 1";
constexpr std::string_view open_and_newest = INCIDENT_SELECT
    "WHERE resolved IS NULL OR id IN (SELECT id FROM incidents ORDER BY opened DESC, id LIMIT ?) "
    "ORDER BY opened DESC, id";
#undef INCIDENT_SELECT

template <class Value>
std::vector<Incident> select(Db& db, std::string_view sql, const Value& value) {
  std::vector<Incident> incidents;
  db.query(
      sql, [&](const Statement& row) { incidents.push_back(read_row(db, row)); }, value);
  for (Incident& incident : incidents) {
    incident.components = read_components(db, incident.id);
    incident.updates = read_updates(db, incident.id);
  }
  return incidents;
}

std::optional<Incident> select_one(Db& db, std::string_view sql, const std::string& value) {
  std::vector<Incident> incidents = select(db, sql, value);
  if (incidents.empty()) return std::nullopt;
  return std::move(incidents.front());
}

std::optional<std::string> held(const Incident& incident) {
  if (!incident.held_impact) return std::nullopt;
  return std::string(text(*incident.held_impact));
}

void insert_row(Db& db, const Incident& incident) {
  db.run(
      "INSERT INTO incidents (group_key, title, impact, status, impact_began, detected, opened, "
      "mitigated, resolved, detected_by, held_impact, acknowledged_by, merged_into, worst_impact, "
      "id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      incident.group, incident.title, text(incident.impact), text(incident.status),
      incident.impact_began, incident.detected, incident.opened, incident.mitigated,
      incident.resolved, incident.detected_by, held(incident), incident.acknowledged_by,
      incident.merged_into, text(incident.worst), incident.id);
}

void update_row(Db& db, const Incident& incident) {
  db.run(
      "UPDATE incidents SET group_key = ?, title = ?, impact = ?, status = ?, "
      "impact_began = ?, detected = ?, opened = ?, mitigated = ?, resolved = ?, "
      "detected_by = ?, held_impact = ?, acknowledged_by = ?, merged_into = ?, worst_impact = ? "
      "WHERE id = ?",
      incident.group, incident.title, text(incident.impact), text(incident.status),
      incident.impact_began, incident.detected, incident.opened, incident.mitigated,
      incident.resolved, incident.detected_by, held(incident), incident.acknowledged_by,
      incident.merged_into, text(incident.worst), incident.id);
}

void write_components(Db& db, const Incident& incident) {
  db.run("DELETE FROM incident_components WHERE incident = ?", incident.id);
  int position = 0;
  for (const IncidentComponent& component : incident.components) {
    db.run(
        "INSERT INTO incident_components (incident, position, component, name, status, added, "
        "recovered) VALUES (?, ?, ?, ?, ?, ?, ?)",
        incident.id, ++position, component.component, component.name, text(component.status),
        component.added, component.recovered);
  }
}

}  // namespace

std::optional<Incident> find_incident(Db& db, const std::string& id) {
  return select_one(db, by_id, id);
}

std::optional<Incident> open_incident(Db& db, const std::string& group) {
  return select_one(db, open_of_group, group);
}

std::optional<Incident> last_resolved_incident(Db& db, const std::string& group) {
  return select_one(db, last_resolved_of_group, group);
}

std::vector<Incident> newest_incidents(Db& db, int limit) {
  return select(db, open_and_newest, limit);
}

std::vector<std::string> groups_with_open_incident(Db& db) {
  std::vector<std::string> groups;
  db.query("SELECT group_key FROM incidents WHERE resolved IS NULL ORDER BY group_key",
           [&](const Statement& row) { groups.push_back(row.text(0)); });
  return groups;
}

std::vector<Incident> open_and_named_incidents(Db& db, const std::vector<std::string>& ids) {
  std::vector<Incident> incidents = select(db, open_and_newest, 0);
  for (const std::string& id : ids) {
    if (std::ranges::find(incidents, id, &Incident::id) != incidents.end()) continue;
    if (auto found = find_incident(db, id)) incidents.push_back(std::move(*found));
  }
  return incidents;
}

std::vector<incident::Elsewhere> memberships(Db& db, const std::string& component,
                                             const std::string& group) {
  std::vector<incident::Elsewhere> places;
  db.query(
      "SELECT component, incident, incident_components.status, opened FROM incidents "
      "JOIN incident_components ON incident = id "
      "WHERE resolved IS NULL AND component = ? AND group_key <> ? ORDER BY opened, id",
      [&](const Statement& row) {
        places.push_back({row.text(0), row.text(1),
                          word(db, incident::parse_component_status, row.text(2)), row.instant(3)});
      },
      component, group);
  return places;
}

void write_incident(Db& db, const Incident& incident, const Incident* before) {
  before == nullptr ? insert_row(db, incident) : update_row(db, incident);
  write_components(db, incident);
  static const std::vector<incident::Update> none;
  append_updates(db, incident, before == nullptr ? none : before->updates);
}

}  // namespace vedette::store
