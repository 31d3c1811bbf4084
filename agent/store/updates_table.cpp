// SPDX-License-Identifier: Apache-2.0
#include "agent/store/updates_table.h"

#include <algorithm>
#include <cstddef>

#include "agent/store/words.h"

namespace vedette::store {
namespace {

using incident::AffectedComponent;
using incident::Update;

Update read_update(Db& db, const Statement& row) {
  Update update;
  update.sequence = static_cast<int>(row.integer(0));
  update.at = row.instant(1);
  update.status = word(db, incident::parse_status, row.text(2));
  update.text = row.text(3);
  update.is_public = row.boolean(4);
  update.author = row.text(5);
  update.strikes = static_cast<int>(row.integer(6));
  return update;
}

// All of one timeline at once: one query instead of one per entry.
void read_affected(Db& db, const std::string& incident, std::vector<Update>& updates) {
  db.query(
      "SELECT sequence, component, name, old_status, new_status FROM update_components "
      "WHERE incident = ? ORDER BY sequence, position",
      [&](const Statement& row) {
        const auto update = std::ranges::find(updates, row.integer(0), &Update::sequence);
        if (update == updates.end()) return;  // the foreign key forbids it
        update->affected.push_back({row.text(1), row.text(2),
                                    word(db, incident::parse_component_status, row.text(3)),
                                    word(db, incident::parse_component_status, row.text(4))});
      },
      incident);
}

void insert_affected(Db& db, const std::string& incident, const Update& update) {
  int position = 0;
  for (const AffectedComponent& affected : update.affected) {
    db.run(
        "INSERT INTO update_components (incident, sequence, position, component, name, "
        "old_status, new_status) VALUES (?, ?, ?, ?, ?, ?, ?)",
        incident, update.sequence, ++position, affected.component, affected.name,
        text(affected.old_status), text(affected.new_status));
  }
}

void insert_update(Db& db, const std::string& incident, const Update& update) {
  db.run(
      "INSERT INTO updates (incident, sequence, at, status, text, is_public, author, "
      "strikes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      incident, update.sequence, update.at, text(update.status), update.text, update.is_public,
      update.author, update.strikes);
  insert_affected(db, incident, update);
}

bool continues(const std::vector<Update>& timeline, const std::vector<Update>& stored) {
  if (timeline.size() < stored.size()) return false;
  if (!std::equal(stored.begin(), stored.end(), timeline.begin())) return false;
  int sequence = 0;
  return std::ranges::all_of(timeline,
                             [&](const Update& update) { return update.sequence == ++sequence; });
}

}  // namespace

std::vector<Update> read_updates(Db& db, const std::string& incident) {
  std::vector<Update> updates;
  db.query(
      "SELECT sequence, at, status, text, is_public, author, strikes FROM updates "
      "WHERE incident = ? ORDER BY sequence",
      [&](const Statement& row) { updates.push_back(read_update(db, row)); }, incident);
  read_affected(db, incident, updates);
  return updates;
}

void append_updates(Db& db, const incident::Incident& incident, const std::vector<Update>& stored) {
  if (!continues(incident.updates, stored)) {
    db.fail({Error::Kind::bug, fmt::format("the timeline of incident {} was rewritten or has a "
                                           "hole; nothing of it was stored",
                                           incident.id)});
    return;
  }
  const auto first = incident.updates.begin() + static_cast<std::ptrdiff_t>(stored.size());
  for (auto update = first; update != incident.updates.end(); ++update) {
    insert_update(db, incident.id, *update);
  }
}

}  // namespace vedette::store
