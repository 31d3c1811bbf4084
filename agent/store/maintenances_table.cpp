// SPDX-License-Identifier: Apache-2.0
#include "agent/store/maintenances_table.h"

#include <algorithm>
#include <utility>

#include "agent/incident/replan.h"
#include "agent/store/words.h"

namespace vedette::store {
namespace {

using incident::Maintenance;

#define MAINTENANCE_SELECT                                                      \
  "SELECT id, series, title, status, created, scheduled_for, scheduled_until, " \
  "verify_for, began, completed, author FROM maintenances "
constexpr std::string_view by_id = MAINTENANCE_SELECT "WHERE id = ?";
constexpr std::string_view since_then =
    MAINTENANCE_SELECT "WHERE completed IS NULL OR completed >= ? ORDER BY scheduled_for DESC, id";
constexpr std::string_view of_component = MAINTENANCE_SELECT
    "JOIN maintenance_components ON maintenance = id WHERE component = ? "
    "AND (completed IS NULL OR completed >= ?) AND scheduled_for <= ? ORDER BY id";
#undef MAINTENANCE_SELECT

Maintenance read_row(Db& db, const Statement& row) {
  Maintenance one;
  one.id = row.text(0);
  one.series = row.text(1);
  one.title = row.text(2);
  one.status = word(db, incident::parse_maintenance_status, row.text(3));
  one.created = row.instant(4);
  one.scheduled_for = row.instant(5);
  one.scheduled_until = row.instant(6);
  one.verify_for = Duration(row.integer(7));
  one.began = row.maybe_instant(8);
  one.completed = row.maybe_instant(9);
  one.author = row.text(10);
  return one;
}

void read_rest(Db& db, Maintenance& one) {
  db.query(
      "SELECT component FROM maintenance_components WHERE maintenance = ? ORDER BY position",
      [&](const Statement& row) { one.components.push_back(row.text(0)); }, one.id);
  db.query(
      "SELECT sequence, at, status, text, author FROM maintenance_updates "
      "WHERE maintenance = ? ORDER BY sequence",
      [&](const Statement& row) {
        one.updates.push_back({static_cast<int>(row.integer(0)), row.instant(1),
                               word(db, incident::parse_maintenance_status, row.text(2)),
                               row.text(3), row.text(4)});
      },
      one.id);
}

template <class... Values>
std::vector<Maintenance> select(Db& db, std::string_view sql, const Values&... values) {
  std::vector<Maintenance> all;
  db.query(
      sql, [&](const Statement& row) { all.push_back(read_row(db, row)); }, values...);
  for (Maintenance& one : all) read_rest(db, one);
  return all;
}

// The author of what is planned by the configuration.
constexpr const char* by_plan = "configuration";

// The configuration was changed in the middle of it.
bool goes_on_as_announced(Db& db, const Maintenance& planned, Instant now) {
  if (planned.series.empty() || planned.scheduled_for > now) return false;
  bool known = false;
  db.query(
      "SELECT 1 FROM maintenances WHERE series = ? AND scheduled_for = ? AND began IS NOT NULL",
      [&](const Statement&) { known = true; }, planned.series, planned.scheduled_for);
  return known;
}

}  // namespace

std::optional<Maintenance> find_maintenance(Db& db, const std::string& id) {
  auto found = select(db, by_id, id);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<Maintenance> maintenances_since(Db& db, Instant since) {
  return select(db, since_then, since);
}

std::vector<Maintenance> maintenances_of_component(Db& db, const std::string& component,
                                                   Instant since, Instant now) {
  return select(db, of_component, component, since, now);
}

void write_maintenance(Db& db, const Maintenance& one) {
  db.run(
      "INSERT INTO maintenances (id, series, title, status, created, scheduled_for, "
      "scheduled_until, verify_for, began, completed, author) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
      "title = excluded.title, status = excluded.status, "
      "scheduled_for = excluded.scheduled_for, scheduled_until = excluded.scheduled_until, "
      "verify_for = excluded.verify_for, began = excluded.began, completed = excluded.completed",
      one.id, one.series, one.title, text(one.status), one.created, one.scheduled_for,
      one.scheduled_until, one.verify_for.count(), one.began, one.completed, one.author);
  int position = 0;
  for (const std::string& component : one.components) {
    db.run(
        "INSERT OR IGNORE INTO maintenance_components (maintenance, position, component) "
        "VALUES (?, ?, ?)",
        one.id, ++position, component);
  }
  for (const incident::MaintenanceUpdate& update : one.updates) {
    db.run(
        "INSERT OR IGNORE INTO maintenance_updates (maintenance, sequence, at, status, text, "
        "author) VALUES (?, ?, ?, ?, ?, ?)",
        one.id, update.sequence, update.at, text(update.status), update.text, update.author);
  }
}

std::vector<std::string> tend_maintenances(Db& db, const std::vector<Maintenance>& planned,
                                           Instant planned_until, Instant now) {
  std::vector<std::string> components;
  const auto write = [&](const Maintenance& one) {
    write_maintenance(db, one);
    components.insert(components.end(), one.components.begin(), one.components.end());
  };
  for (const Maintenance& one : planned) {
    const auto known = find_maintenance(db, one.id);
    if (!known && !goes_on_as_announced(db, one, now)) write(one);
    if (known && planned_until > now && incident::cancelled_by(*known) == by_plan)
      write(incident::planned_again(*known, by_plan, now));
  }
  for (const Maintenance& one : maintenances_since(db, now)) {
    const bool ahead = one.scheduled_for > now && one.scheduled_for < planned_until;
    const bool dropped = !one.series.empty() && ahead && !one.completed &&
                         std::ranges::find(planned, one.id, &Maintenance::id) == planned.end();
    const Maintenance next =
        dropped ? incident::cancelled(one, by_plan, now).value() : advanced(one, now);
    if (next != one) write(next);
  }
  return components;
}

}  // namespace vedette::store
