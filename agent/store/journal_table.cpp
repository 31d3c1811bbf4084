// SPDX-License-Identifier: Apache-2.0
#include "agent/store/journal_table.h"

namespace vedette::store {
namespace {

#define ENTRY_COLUMNS "id, flow, variant, run, step, noted, captured, attempts, trouble, not_before"

flow::Entry read_entry(const Statement& row) {
  flow::Entry entry;
  entry.id = row.text(0);
  entry.flow = row.text(1);
  entry.variant = row.text(2);
  entry.run = row.text(3);
  entry.step = row.text(4);
  entry.noted = row.instant(5);
  entry.values = row.text(6);
  entry.attempts = static_cast<int>(row.integer(7));
  entry.trouble = row.text(8);
  entry.not_before = row.instant(9);
  return entry;
}

template <class... Values>
std::vector<flow::Entry> select(Db& db, std::string_view sql, const Values&... values) {
  std::vector<flow::Entry> entries;
  db.query(
      sql, [&](const Statement& row) { entries.push_back(read_entry(row)); }, values...);
  return entries;
}

void note_alive(Db& db, const JournalOwner& owner, Instant now) {
  db.run(
      "INSERT INTO flow_agents (region, agent, seen) VALUES (?, ?, ?) "
      "ON CONFLICT (region, agent) DO UPDATE SET seen = max(seen, excluded.seen)",
      owner.region, owner.agent, now);
}

// The newest word on an entry counts, but its first owner stays until somebody takes it over.
void write(Db& db, const JournalOwner& owner, const Note& note) {
  const flow::Entry& entry = note.entry;
  note_alive(db, owner, entry.noted);
  db.run("INSERT INTO cleanups (region, agent, " ENTRY_COLUMNS
         ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
         "ON CONFLICT (id) DO UPDATE SET agent = excluded.agent, captured = excluded.captured, "
         "attempts = excluded.attempts, trouble = excluded.trouble, "
         "not_before = excluded.not_before",
         owner.region, owner.agent, entry.id, entry.flow, entry.variant, entry.run, entry.step,
         entry.noted, entry.values, entry.attempts, entry.trouble, entry.not_before);
}

void write(Db& db, const JournalOwner&, const Learned& learned) {
  db.run("UPDATE cleanups SET captured = ? WHERE id = ?", learned.values, learned.id);
}

void write(Db& db, const JournalOwner&, const Settled& settled) {
  db.run("DELETE FROM cleanups WHERE id = ?", settled.id);
}

void write(Db& db, const JournalOwner& owner, const Spend& spend) {
  db.run("INSERT OR IGNORE INTO flow_runs (run, region, flow, at, minor) VALUES (?, ?, ?, ?, ?)",
         spend.spent.run, owner.region, spend.flow, spend.spent.at, spend.spent.minor);
  db.run("DELETE FROM flow_runs WHERE at < ?", spend.spent.at - spending_outlives);
}

}  // namespace

void write_line(Db& db, const JournalOwner& owner, const JournalLine& line) {
  std::visit([&](const auto& one) { write(db, owner, one); }, line);
}

std::vector<flow::Entry> entries_of(Db& db, const JournalOwner& owner, const std::string& flow,
                                    Instant now) {
  note_alive(db, owner, now);
  return select(db,
                "SELECT " ENTRY_COLUMNS
                " FROM cleanups WHERE region = ? AND flow = ? AND (agent = ? OR NOT EXISTS "
                "(SELECT 1 FROM flow_agents WHERE flow_agents.region = cleanups.region AND "
                "flow_agents.agent = cleanups.agent AND flow_agents.seen >= ?)) "
                "ORDER BY noted, id",
                owner.region, flow, owner.agent, now - owner_outlives);
}

std::vector<flow::Entry> all_entries(Db& db, const std::string& region) {
  return select(db,
                "SELECT " ENTRY_COLUMNS " FROM cleanups WHERE region = ? ORDER BY flow, noted, id",
                region);
}

#undef ENTRY_COLUMNS

std::vector<flow::Spent> spent_since(Db& db, const std::string& region, const std::string& flow,
                                     Instant since) {
  std::vector<flow::Spent> spent;
  db.query(
      "SELECT run, at, minor FROM flow_runs WHERE region = ? AND flow = ? AND at > ? ORDER BY at",
      [&](const Statement& row) {
        spent.push_back({row.text(0), row.instant(1), row.integer(2)});
      },
      region, flow, since);
  return spent;
}

}  // namespace vedette::store
