// SPDX-License-Identifier: Apache-2.0
#include "agent/store/migrations.h"

#include <array>
#include <cstdint>

#include <fmt/core.h>

namespace vedette::store {
namespace {

// "VDT1" as a number: tells our files from those of other programs.
constexpr std::int64_t application_id = 0x56445431;

// Instants are milliseconds since the epoch, UTC. Words are those of the program's closed lists.
constexpr const char* first_schema = R"sql(
CREATE TABLE agents (
  region TEXT PRIMARY KEY,
  seen   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE votes (
  check_name TEXT NOT NULL,
  region     TEXT NOT NULL,
  component  TEXT NOT NULL,
  probe      TEXT NOT NULL,
  state      TEXT NOT NULL,
  since      INTEGER NOT NULL,
  decided    INTEGER NOT NULL,
  reason     TEXT,
  message    TEXT NOT NULL,
  evidence   TEXT NOT NULL,
  PRIMARY KEY (check_name, region)
) STRICT, WITHOUT ROWID;
CREATE INDEX votes_by_component ON votes (component);
CREATE INDEX votes_by_region ON votes (region);

CREATE TABLE components (
  id      TEXT PRIMARY KEY,
  status  TEXT NOT NULL,
  since   INTEGER NOT NULL,
  created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE incidents (
  id           TEXT PRIMARY KEY,
  group_key    TEXT NOT NULL,
  title        TEXT NOT NULL,
  impact       TEXT NOT NULL,
  status       TEXT NOT NULL,
  impact_began INTEGER NOT NULL,
  detected     INTEGER NOT NULL,
  opened       INTEGER NOT NULL,
  mitigated    INTEGER,
  resolved     INTEGER,
  detected_by  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX one_open_incident_per_group ON incidents (group_key) WHERE resolved IS NULL;
CREATE INDEX incidents_by_opened ON incidents (opened DESC, id);
CREATE INDEX incidents_by_group ON incidents (group_key, resolved);

CREATE TABLE incident_components (
  incident  TEXT NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
  position  INTEGER NOT NULL,
  component TEXT NOT NULL,
  name      TEXT NOT NULL,
  status    TEXT NOT NULL,
  added     INTEGER NOT NULL,
  recovered INTEGER,
  PRIMARY KEY (incident, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE updates (
  incident  TEXT NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
  sequence  INTEGER NOT NULL CHECK (sequence >= 1),
  at        INTEGER NOT NULL,
  status    TEXT NOT NULL,
  text      TEXT NOT NULL,
  is_public INTEGER NOT NULL,
  author    TEXT NOT NULL,
  PRIMARY KEY (incident, sequence)
) STRICT, WITHOUT ROWID;

CREATE TABLE update_components (
  incident   TEXT NOT NULL,
  sequence   INTEGER NOT NULL,
  position   INTEGER NOT NULL,
  component  TEXT NOT NULL,
  name       TEXT NOT NULL,
  old_status TEXT NOT NULL,
  new_status TEXT NOT NULL,
  PRIMARY KEY (incident, sequence, position),
  FOREIGN KEY (incident, sequence) REFERENCES updates (incident, sequence) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TRIGGER updates_are_never_rewritten BEFORE UPDATE ON updates
BEGIN
  SELECT RAISE(ABORT, 'an update is never changed once written');
END;
)sql";

constexpr const char* memories_of_probes = R"sql(
CREATE TABLE memories (
  check_name TEXT NOT NULL,
  region     TEXT NOT NULL,
  probe      TEXT NOT NULL,
  text       TEXT NOT NULL,
  PRIMARY KEY (check_name, region)
) STRICT, WITHOUT ROWID;
)sql";

constexpr const char* unstable_votes = R"sql(
ALTER TABLE votes ADD COLUMN unstable INTEGER NOT NULL DEFAULT 0;
)sql";

constexpr const char* variants_of_checks = R"sql(
ALTER TABLE votes ADD COLUMN variant TEXT NOT NULL DEFAULT '';
ALTER TABLE votes ADD COLUMN step TEXT NOT NULL DEFAULT '';
)sql";

constexpr const char* journal_of_flows = R"sql(
CREATE TABLE cleanups (
  id         TEXT PRIMARY KEY,
  region     TEXT NOT NULL,
  agent      TEXT NOT NULL,
  flow       TEXT NOT NULL,
  variant    TEXT NOT NULL,
  run        TEXT NOT NULL,
  step       TEXT NOT NULL,
  noted      INTEGER NOT NULL,
  captured   TEXT NOT NULL,
  attempts   INTEGER NOT NULL,
  trouble    TEXT NOT NULL,
  not_before INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX cleanups_by_flow ON cleanups (region, flow);

CREATE TABLE flow_agents (
  region TEXT NOT NULL,
  agent  TEXT NOT NULL,
  seen   INTEGER NOT NULL,
  PRIMARY KEY (region, agent)
) STRICT, WITHOUT ROWID;

CREATE TABLE flow_runs (
  run    TEXT PRIMARY KEY,
  region TEXT NOT NULL,
  flow   TEXT NOT NULL,
  at     INTEGER NOT NULL,
  minor  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX flow_runs_by_flow ON flow_runs (region, flow, at);
)sql";

// See history_table.h. A day is the number of days since the epoch; the rest is milliseconds.
constexpr const char* history_of_components = R"sql(
CREATE TABLE stretches (
  component TEXT NOT NULL,
  began     INTEGER NOT NULL,
  condition TEXT NOT NULL,
  PRIMARY KEY (component, began)
) STRICT, WITHOUT ROWID;

CREATE TABLE days (
  component            TEXT NOT NULL,
  day                  INTEGER NOT NULL,
  operational          INTEGER NOT NULL,
  degraded_performance INTEGER NOT NULL,
  partial_outage       INTEGER NOT NULL,
  major_outage         INTEGER NOT NULL,
  under_maintenance    INTEGER NOT NULL,
  unknown              INTEGER NOT NULL,
  PRIMARY KEY (component, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE gaps (
  began INTEGER PRIMARY KEY,
  ended INTEGER NOT NULL
) STRICT;

ALTER TABLE components ADD COLUMN recorded INTEGER NOT NULL DEFAULT 0;
UPDATE components SET recorded = since;
INSERT INTO stretches (component, began, condition) SELECT id, since, status FROM components;
)sql";

constexpr const char* changes_and_maintenances = R"sql(
ALTER TABLE votes ADD COLUMN weight INTEGER NOT NULL DEFAULT 1;
ALTER TABLE incidents ADD COLUMN worst_impact TEXT NOT NULL DEFAULT 'none';
UPDATE incidents SET worst_impact = impact;
ALTER TABLE incidents ADD COLUMN held_impact TEXT;
ALTER TABLE incidents ADD COLUMN acknowledged_by TEXT NOT NULL DEFAULT '';
ALTER TABLE incidents ADD COLUMN merged_into TEXT NOT NULL DEFAULT '';
ALTER TABLE updates ADD COLUMN strikes INTEGER NOT NULL DEFAULT 0;

CREATE TABLE changes (
  id          TEXT PRIMARY KEY,
  kind        TEXT NOT NULL,
  at          INTEGER NOT NULL,
  recorded    INTEGER NOT NULL,
  text        TEXT NOT NULL,
  author      TEXT NOT NULL,
  is_public   INTEGER NOT NULL,
  before_text TEXT NOT NULL,
  after_text  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX changes_by_instant ON changes (at);

CREATE TABLE change_components (
  change    TEXT NOT NULL REFERENCES changes (id) ON DELETE CASCADE,
  component TEXT NOT NULL,
  PRIMARY KEY (change, component)
) STRICT, WITHOUT ROWID;
CREATE INDEX changes_by_component ON change_components (component);

CREATE TABLE maintenances (
  id              TEXT PRIMARY KEY,
  series          TEXT NOT NULL,
  title           TEXT NOT NULL,
  status          TEXT NOT NULL,
  created         INTEGER NOT NULL,
  scheduled_for   INTEGER NOT NULL,
  scheduled_until INTEGER NOT NULL,
  verify_for      INTEGER NOT NULL,
  began           INTEGER,
  completed       INTEGER,
  author          TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX maintenances_by_start ON maintenances (scheduled_for);

CREATE TABLE maintenance_components (
  maintenance TEXT NOT NULL REFERENCES maintenances (id) ON DELETE CASCADE,
  position    INTEGER NOT NULL,
  component   TEXT NOT NULL,
  PRIMARY KEY (maintenance, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE maintenance_updates (
  maintenance TEXT NOT NULL REFERENCES maintenances (id) ON DELETE CASCADE,
  sequence    INTEGER NOT NULL CHECK (sequence >= 1),
  at          INTEGER NOT NULL,
  status      TEXT NOT NULL,
  text        TEXT NOT NULL,
  author      TEXT NOT NULL,
  PRIMARY KEY (maintenance, sequence)
) STRICT, WITHOUT ROWID;
)sql";

// See agent/detect/memory_part.h: until now there was the probe's only.
constexpr const char* parts_of_memories = R"sql(
CREATE TABLE memories_in_parts (
  check_name TEXT NOT NULL,
  region     TEXT NOT NULL,
  part       TEXT NOT NULL,
  probe      TEXT NOT NULL,
  text       TEXT NOT NULL,
  PRIMARY KEY (check_name, region, part)
) STRICT, WITHOUT ROWID;
INSERT INTO memories_in_parts SELECT check_name, region, '', probe, text FROM memories;
DROP TABLE memories;
ALTER TABLE memories_in_parts RENAME TO memories;
)sql";

// Of the agents of before it is not known how long they have looked.
constexpr const char* watches_of_agents = R"sql(
ALTER TABLE agents ADD COLUMN watched INTEGER NOT NULL DEFAULT 0;
UPDATE agents SET watched = seen;
)sql";

constexpr std::array migrations{
    first_schema,     memories_of_probes,    unstable_votes,           variants_of_checks,
    journal_of_flows, history_of_components, changes_and_maintenances, parts_of_memories,
    watches_of_agents};
constexpr auto newest = static_cast<std::int64_t>(migrations.size());

std::int64_t pragma(Db& db, std::string_view sql) {
  std::int64_t value = 0;
  db.query(sql, [&](const Statement& row) { value = row.integer(0); });
  return value;
}

std::int64_t version(Db& db) {
  return pragma(db, "PRAGMA user_version");
}

bool foreign(Db& db) {
  if (pragma(db, "PRAGMA application_id") == application_id) return false;
  return version(db) != 0 || pragma(db, "SELECT count(*) FROM sqlite_schema") != 0;
}

void apply_next(Db& db) {
  const std::int64_t done = version(db);  // anew: another process may have been quicker
  if (!db.ok() || done >= newest) return;
  db.script(migrations.at(static_cast<std::size_t>(done)));
  db.script(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", application_id,
                        done + 1));
}

}  // namespace

Expected<void> refuse_strangers(Db& db) {
  if (foreign(db)) {
    db.fail({Error::Kind::incompatible,
             fmt::format("{} is the database of another program; it is left as it is: name "
                         "another file",
                         db.path())});
  }
  if (const std::int64_t found = version(db); found > newest) {
    db.fail({Error::Kind::incompatible,
             fmt::format("{} has schema {}, this program knows {} at most: start the newer "
                         "program, or name another file",
                         db.path(), found, newest)});
  }
  return db.finish();
}

Expected<void> migrate(Db& db) {
  while (true) {
    if (auto known = refuse_strangers(db); !known) return known;
    const std::int64_t done = version(db);
    if (!db.ok() || done == newest) return db.finish();
    Transaction step(db, Transaction::Kind::write);
    apply_next(db);
    if (auto applied = step.commit(Transaction::Outlives::power); !applied) return applied;
  }
}

}  // namespace vedette::store
