// SPDX-License-Identifier: Apache-2.0
#include "agent/store/agents_table.h"

#include <algorithm>

#include "agent/store/store.h"

namespace vedette::store {

void note_alive(Db& db, const std::string& region, Instant since, Instant now) {
  db.run(
      "INSERT INTO agents (region, seen, watched) VALUES (?, ?, ?) "
      "ON CONFLICT (region) DO UPDATE SET seen = excluded.seen, watched = "
      "CASE WHEN excluded.watched > agents.seen + ? THEN excluded.watched "
      "ELSE min(agents.watched, excluded.seen) END",
      region, now, since, silence_tolerated.count());
}

Instant last_heard_of_any(Db& db, Instant fallback) {
  Instant heard = fallback;
  db.query("SELECT max(seen) FROM agents",
           [&](const Statement& row) { heard = row.maybe_instant(0).value_or(fallback); });
  return heard;
}

std::map<std::string, Instant> watched_since(Db& db, Instant now) {
  std::map<std::string, Instant> regions;
  db.query("SELECT region, watched FROM agents",
           [&](const Statement& row) { regions[row.text(0)] = std::min(row.instant(1), now); });
  return regions;
}

}  // namespace vedette::store
