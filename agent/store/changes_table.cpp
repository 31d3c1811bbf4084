// SPDX-License-Identifier: Apache-2.0
#include "agent/store/changes_table.h"

#include <utility>

#include "agent/store/words.h"

namespace vedette::store {
namespace {

using incident::Change;
using incident::ChangeKind;

#define CHANGE_SELECT                                                                \
  "SELECT id, kind, at, recorded, text, author, is_public, before_text, after_text " \
  "FROM changes "
constexpr std::string_view newest = CHANGE_SELECT "WHERE at >= ? ORDER BY at DESC, id LIMIT ?";
constexpr std::string_view of_component = CHANGE_SELECT
    "JOIN change_components ON change = id WHERE component = ? AND at >= ? ORDER BY at, id";
#undef CHANGE_SELECT

Change read_row(Db& db, const Statement& row) {
  Change change;
  change.id = row.text(0);
  change.kind = word(db, incident::parse_change_kind, row.text(1));
  change.at = row.instant(2);
  change.recorded = row.instant(3);
  change.text = row.text(4);
  change.author = row.text(5);
  change.is_public = row.boolean(6);
  change.before = row.text(7);
  change.after = row.text(8);
  return change;
}

template <class... Values>
std::vector<Change> select(Db& db, std::string_view sql, const Values&... values) {
  std::vector<Change> changes;
  db.query(
      sql, [&](const Statement& row) { changes.push_back(read_row(db, row)); }, values...);
  for (Change& change : changes) {
    db.query(
        "SELECT component FROM change_components WHERE change = ? ORDER BY component",
        [&](const Statement& row) { change.components.push_back(row.text(0)); }, change.id);
  }
  return changes;
}

bool is_known(Db& db, const std::string& id) {
  bool known = false;
  db.query(
      "SELECT 1 FROM changes WHERE id = ?", [&](const Statement&) { known = true; }, id);
  return known;
}

// Several checks, in several regions, see the same.
bool was_observed(Db& db, const Change& change) {
  bool known = false;
  for (const std::string& component : change.components) {
    db.query(
        "SELECT 1 FROM changes JOIN change_components ON change = id WHERE component = ? AND "
        "kind = ? AND text = ? AND after_text = ? AND at BETWEEN ? AND ?",
        [&](const Statement&) { known = true; }, component, text(ChangeKind::observed), change.text,
        change.after, change.at - observed_together, change.at + observed_together);
  }
  return known;
}

}  // namespace

bool write_change(Db& db, const Change& change) {
  if (is_known(db, change.id)) return false;
  if (change.kind == ChangeKind::observed && was_observed(db, change)) return false;
  db.run(
      "INSERT INTO changes (id, kind, at, recorded, text, author, is_public, before_text, "
      "after_text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      change.id, text(change.kind), change.at, change.recorded, change.text, change.author,
      change.is_public, change.before, change.after);
  for (const std::string& component : change.components) {
    db.run("INSERT OR IGNORE INTO change_components (change, component) VALUES (?, ?)", change.id,
           component);
  }
  return true;
}

std::vector<Change> changes_since(Db& db, Instant since, int limit) {
  return select(db, newest, since, limit);
}

std::vector<Change> changes_of_component(Db& db, const std::string& component, Instant since) {
  return select(db, of_component, component, since);
}

void forget_changes_before(Db& db, Instant instant) {
  db.run("DELETE FROM changes WHERE at < ?", instant);
}

}  // namespace vedette::store
