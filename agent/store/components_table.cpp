// SPDX-License-Identifier: Apache-2.0
#include "agent/store/components_table.h"

#include <set>

#include "agent/store/history_table.h"
#include "agent/store/words.h"

namespace vedette::store {
namespace {

ComponentState read_component(Db& db, const Statement& row) {
  ComponentState state;
  state.component = row.text(0);
  state.status = word(db, incident::parse_component_status, row.text(1));
  state.since = row.instant(2);
  state.created = row.instant(3);
  return state;
}

}  // namespace

std::vector<ComponentState> all_components(Db& db) {
  std::vector<ComponentState> components;
  db.query("SELECT id, status, since, created FROM components ORDER BY id",
           [&](const Statement& row) { components.push_back(read_component(db, row)); });
  return components;
}

std::optional<ComponentState> find_component(Db& db, const std::string& id) {
  std::optional<ComponentState> found;
  db.query(
      "SELECT id, status, since, created FROM components WHERE id = ?",
      [&](const Statement& row) { found = read_component(db, row); }, id);
  return found;
}

void add_component(Db& db, const std::string& id, Instant now) {
  db.run(
      "INSERT INTO components (id, status, since, created, recorded) VALUES (?, ?, ?, ?, ?) "
      "ON CONFLICT (id) DO NOTHING",
      id, text(incident::ComponentStatus::operational), now, now, now);
  db.run(
      "INSERT INTO stretches (component, began, condition) SELECT ?, ?, ? "
      "WHERE NOT EXISTS (SELECT 1 FROM stretches WHERE component = ?)",
      id, now, uptime::text(uptime::Condition::unknown), id);
}

void write_status(Db& db, const std::string& id, incident::ComponentStatus status, Instant since) {
  db.run("UPDATE components SET status = ?, since = ? WHERE id = ?", text(status), since, id);
}

void forget_components_but(Db& db, const std::vector<incident::Component>& components) {
  std::set<std::string> kept;
  for (const incident::Component& component : components) kept.insert(component.id);
  for (const ComponentState& state : all_components(db)) {
    if (kept.contains(state.component)) continue;
    db.run("DELETE FROM components WHERE id = ?", state.component);
    forget_history_of(db, state.component);
  }
}

}  // namespace vedette::store
