// SPDX-License-Identifier: Apache-2.0
#include "agent/store/memories_table.h"

#include <set>

namespace vedette::store {

void write_memory(Db& db, const std::string& region, const Memory& memory) {
  db.run(
      "INSERT INTO memories (check_name, region, part, probe, text) VALUES (?, ?, ?, ?, ?) "
      "ON CONFLICT (check_name, region, part) DO UPDATE SET probe = excluded.probe, "
      "text = excluded.text",
      memory.check, region, memory.part, memory.probe, memory.text);
}

std::vector<Memory> memories_of_region(Db& db, const std::string& region) {
  std::vector<Memory> memories;
  db.query(
      "SELECT check_name, probe, text, part FROM memories WHERE region = ? "
      "ORDER BY check_name, part",
      [&](const Statement& row) {
        memories.push_back({row.text(0), row.text(1), row.text(2), row.text(3)});
      },
      region);
  return memories;
}

void forget_memories_but(Db& db, const std::string& region,
                         const std::vector<std::string>& checks) {
  const std::set<std::string> kept(checks.begin(), checks.end());
  for (const Memory& memory : memories_of_region(db, region)) {
    if (kept.contains(memory.check)) continue;
    db.run("DELETE FROM memories WHERE check_name = ? AND region = ?", memory.check, region);
  }
}

}  // namespace vedette::store
