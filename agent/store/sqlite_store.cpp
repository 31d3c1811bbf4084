// SPDX-License-Identifier: Apache-2.0
#include "agent/store/sqlite_store.h"

#include <algorithm>
#include <exception>
#include <filesystem>
#include <iterator>
#include <system_error>
#include <utility>

#include <fmt/core.h>

#include "agent/store/agents_table.h"
#include "agent/store/changes_table.h"
#include "agent/store/components_table.h"
#include "agent/store/history_table.h"
#include "agent/store/incidents_table.h"
#include "agent/store/journal_table.h"
#include "agent/store/maintenances_table.h"
#include "agent/store/memories_table.h"
#include "agent/store/migrations.h"
#include "agent/store/outlines_table.h"
#include "agent/store/situation.h"
#include "agent/store/sql_db.h"
#include "agent/store/sql_error.h"
#include "agent/store/votes_table.h"

namespace vedette::store {
namespace {

constexpr int newest_incidents_shown = 50;
constexpr int outlines_shown = 2000;
constexpr Duration changes_reach = std::chrono::hours{1};
constexpr int changes_shown = 100;
constexpr std::chrono::days outlines_reach{90};
constexpr std::chrono::days changes_kept{400};
constexpr std::string_view in_memory = ":memory:";

using Kind = Transaction::Kind;
using Outlives = Transaction::Outlives;

class SqliteStore : public Store {
 public:
  explicit SqliteStore(std::unique_ptr<Db> db) : db_(std::move(db)) {}

  Expected<Reconciled> reconcile(const Group& group, const std::vector<incident::Vote>& votes,
                                 const Decide& decide, Instant now) override;
  Expected<Amended> amend(const std::vector<std::string>& ids, const Amend& amend) override;
  Expected<bool> record_change(const incident::Change& change) override;
  Expected<std::vector<incident::Change>> changes(Instant since, int limit) override;
  Expected<std::vector<std::string>> tend(const std::vector<incident::Maintenance>& planned,
                                          Instant planned_until, Instant now) override;
  Expected<incident::Amendment> amend_maintenance(const std::string& id,
                                                  const AmendMaintenance& amend) override;
  Expected<std::vector<incident::Vote>> votes(const std::string& region) override;
  Expected<Snapshot> snapshot() override;
  Expected<std::optional<incident::Incident>> incident(const std::string& id) override;
  Expected<Chapter> chapter(const ChapterKey& key) override;
  Expected<std::vector<std::string>> open_groups() override;
  Expected<void> remember(const std::string& region, const std::vector<Memory>& memories) override;
  Expected<std::vector<Memory>> memories(const std::string& region) override;
  Expected<void> write_journal(const JournalOwner& owner, const std::vector<JournalLine>& lines,
                               bool sync) override;
  Expected<std::vector<flow::Entry>> journal(const JournalOwner& owner, const std::string& flow,
                                             Instant now) override;
  Expected<std::vector<flow::Entry>> whole_journal(const std::string& region) override;
  Expected<std::vector<flow::Spent>> spent(const std::string& region, const std::string& flow,
                                           Instant since) override;
  Expected<void> retain(const std::string& region, const std::vector<std::string>& kept_checks,
                        const std::vector<incident::Component>& components, Instant now) override;
  Expected<bool> heartbeat(const std::string& region, Instant since, Instant now) override;

 private:
  template <class Act>
  auto transact(Kind kind, Act act) -> Expected<decltype(act(*std::declval<Db*>()))>;

  bool others_wrote();

  std::unique_ptr<Db> db_;
  std::int64_t version_ = 0;  // 0: not asked yet
};

// Where the file is no longer the one that was opened, writing on would be writing into nothing.
Expected<void> still_there(Db& db) {
  if (!db.moved()) return {};
  db.empty_log();
  return std::unexpected(
      Error{Error::Kind::unavailable, fmt::format("{} was moved, deleted or replaced", db.path())});
}

// One transaction around `act`, whose value counts only when all of it was committed.
template <class Act>
auto SqliteStore::transact(Kind kind, Act act) -> Expected<decltype(act(*std::declval<Db*>()))> {
  if (auto there = still_there(*db_); !there) return std::unexpected(there.error());
  Transaction transaction(*db_, kind);
  auto value = act(*db_);
  if (auto done = transaction.commit(); !done) return std::unexpected(done.error());
  return value;
}

const incident::Incident* stored_as(const incident::Situation& situation, const std::string& id) {
  if (situation.open && situation.open->id == id) return &*situation.open;
  if (situation.last_resolved && situation.last_resolved->id == id)
    return &*situation.last_resolved;
  return nullptr;
}

// A decision that throws is a bug of ours, which must not take the store thread with it.
Expected<std::optional<incident::Incident>> ask(const Decide& decide,
                                                const incident::Situation& situation) {
  try {
    return decide(situation);
  } catch (const std::exception& thrown) {
    return std::unexpected(Error{Error::Kind::bug, fmt::format("deciding on group {} failed: {}",
                                                               situation.group, thrown.what())});
  }
}

Expected<Reconciled> SqliteStore::reconcile(const Group& group,
                                            const std::vector<incident::Vote>& votes,
                                            const Decide& decide, Instant now) {
  if (auto there = still_there(*db_); !there) return std::unexpected(there.error());
  Transaction transaction(*db_, Kind::write);
  for (const incident::Vote& vote : votes) write_vote(*db_, vote);
  const incident::Situation situation = load_situation(*db_, group, now);
  if (!db_->ok()) return std::unexpected(db_->finish().error());

  auto decided = ask(decide, situation);
  if (!decided) return std::unexpected(std::move(decided.error()));
  const auto* current = *decided ? &**decided : situation.open ? &*situation.open : nullptr;
  const bool changed = write_statuses(*db_, situation, current, now);
  Reconciled result{std::move(*decided), changed};
  if (result.incident) {
    write_incident(*db_, *result.incident, stored_as(situation, result.incident->id));
  }
  const auto outlives = result.incident ? Outlives::power : Outlives::process;
  if (auto done = transaction.commit(outlives); !done) return std::unexpected(done.error());
  return result;
}

Expected<Amended> SqliteStore::amend(const std::vector<std::string>& ids, const Amend& amend) {
  if (auto there = still_there(*db_); !there) return std::unexpected(there.error());
  Transaction transaction(*db_, Kind::write);
  const auto known = open_and_named_incidents(*db_, ids);
  if (!db_->ok()) return std::unexpected(db_->finish().error());
  auto amended = amend(known);
  if (!amended) return amended;
  for (const incident::Incident& incident : *amended) {
    const auto before = std::ranges::find(known, incident.id, &incident::Incident::id);
    write_incident(*db_, incident, before == known.end() ? nullptr : &*before);
  }
  if (auto done = transaction.commit(Outlives::power); !done) return std::unexpected(done.error());
  return amended;
}

Expected<bool> SqliteStore::record_change(const incident::Change& change) {
  if (auto there = still_there(*db_); !there) return std::unexpected(there.error());
  Transaction transaction(*db_, Kind::write);
  const bool news = write_change(*db_, change);
  if (auto done = transaction.commit(Outlives::power); !done) return std::unexpected(done.error());
  return news;
}

Expected<std::vector<incident::Change>> SqliteStore::changes(Instant since, int limit) {
  return transact(Kind::read, [&](Db& db) { return changes_since(db, since, limit); });
}

Expected<std::vector<std::string>> SqliteStore::tend(
    const std::vector<incident::Maintenance>& planned, Instant planned_until, Instant now) {
  return transact(Kind::write,
                  [&](Db& db) { return tend_maintenances(db, planned, planned_until, now); });
}

Expected<incident::Amendment> SqliteStore::amend_maintenance(const std::string& id,
                                                             const AmendMaintenance& amend) {
  if (auto there = still_there(*db_); !there) return std::unexpected(there.error());
  Transaction transaction(*db_, Kind::write);
  const auto known = find_maintenance(*db_, id);
  if (!db_->ok()) return std::unexpected(db_->finish().error());
  auto amended = amend(known ? &*known : nullptr);
  if (!amended) return amended;
  write_maintenance(*db_, *amended);
  if (auto done = transaction.commit(Outlives::power); !done) return std::unexpected(done.error());
  return amended;
}

Expected<std::vector<incident::Vote>> SqliteStore::votes(const std::string& region) {
  return transact(Kind::read, [&](Db& db) { return votes_of_region(db, region); });
}

Expected<Snapshot> SqliteStore::snapshot() {
  return transact(Kind::read, [](Db& db) {
    const Instant now = last_heard_of_any(db, Instant());
    return Snapshot{.components = all_components(db),
                    .heard_of = components_heard_of(db),
                    .incidents = newest_incidents(db, newest_incidents_shown),
                    .outlines = outlines_since(db, now - outlines_reach, outlines_shown),
                    .sightings = sightings(db, now - vote_outlives_agent),
                    .histories = histories(db),
                    .maintenances = maintenances_since(db, now - outlines_reach),
                    .gaps = gaps(db),
                    .changes = changes_since(db, now - changes_reach, changes_shown)};
  });
}

Expected<std::optional<incident::Incident>> SqliteStore::incident(const std::string& id) {
  return transact(Kind::read, [&](Db& db) { return find_incident(db, id); });
}

Expected<Chapter> SqliteStore::chapter(const ChapterKey& key) {
  return transact(Kind::read, [&](Db& db) { return read_chapter(db, key); });
}

Expected<std::vector<std::string>> SqliteStore::open_groups() {
  return transact(Kind::read, [](Db& db) { return groups_with_open_incident(db); });
}

Expected<void> SqliteStore::remember(const std::string& region,
                                     const std::vector<Memory>& memories) {
  if (auto there = still_there(*db_); !there) return there;
  Transaction transaction(*db_, Kind::write);
  for (const Memory& memory : memories) write_memory(*db_, region, memory);
  return transaction.commit();
}

Expected<std::vector<Memory>> SqliteStore::memories(const std::string& region) {
  return transact(Kind::read, [&](Db& db) { return memories_of_region(db, region); });
}

Expected<void> SqliteStore::write_journal(const JournalOwner& owner,
                                          const std::vector<JournalLine>& lines, bool sync) {
  if (auto there = still_there(*db_); !there) return there;
  Transaction transaction(*db_, Kind::write);
  for (const JournalLine& line : lines) write_line(*db_, owner, line);
  return transaction.commit(sync ? Outlives::power : Outlives::process);
}

Expected<std::vector<flow::Entry>> SqliteStore::journal(const JournalOwner& owner,
                                                        const std::string& flow, Instant now) {
  return transact(Kind::write, [&](Db& db) { return entries_of(db, owner, flow, now); });
}

Expected<std::vector<flow::Entry>> SqliteStore::whole_journal(const std::string& region) {
  return transact(Kind::read, [&](Db& db) { return all_entries(db, region); });
}

Expected<std::vector<flow::Spent>> SqliteStore::spent(const std::string& region,
                                                      const std::string& flow, Instant since) {
  return transact(Kind::read, [&](Db& db) { return spent_since(db, region, flow, since); });
}

Expected<void> SqliteStore::retain(const std::string& region,
                                   const std::vector<std::string>& kept_checks,
                                   const std::vector<incident::Component>& components,
                                   Instant now) {
  if (auto there = still_there(*db_); !there) return there;
  Transaction transaction(*db_, Kind::write);
  forget_votes_but(*db_, region, kept_checks);
  forget_memories_but(*db_, region, kept_checks);
  forget_components_but(*db_, components);
  for (const incident::Component& component : components) add_component(*db_, component.id, now);
  return transaction.commit();
}

bool same_day(Instant one, Instant other) {
  return std::chrono::floor<std::chrono::days>(one) == std::chrono::floor<std::chrono::days>(other);
}

// Since this was asked last. SQLite counts what other connections commit.
bool SqliteStore::others_wrote() {
  std::int64_t version = 0;
  db_->query("PRAGMA data_version", [&](const Statement& row) { version = row.integer(0); });
  const auto before = std::exchange(version_, version);
  return before != 0 && before != version;
}

Expected<bool> SqliteStore::heartbeat(const std::string& region, Instant since, Instant now) {
  if (auto there = still_there(*db_); !there) return std::unexpected(there.error());
  Transaction transaction(*db_, Kind::write);
  const Instant heard = last_heard_of_any(*db_, now);
  note_gap(*db_, heard, since);
  note_alive(*db_, region, since, now);
  const bool silent = note_silence(*db_, now - vote_outlives_agent, now);
  if (!same_day(heard, now)) {
    sum_up_days(*db_, now);
    forget_changes_before(*db_, now - changes_kept);
  }
  if (auto done = transaction.commit(); !done) return std::unexpected(done.error());
  return others_wrote() || silent;
}

Expected<void> make_directory_of(const std::string& path) {
  const std::filesystem::path directory = std::filesystem::path(path).parent_path();
  std::error_code error;
  if (!directory.empty()) std::filesystem::create_directories(directory, error);
  if (!error) return {};
  return std::unexpected(
      Error{Error::Kind::unavailable,
            fmt::format("cannot make the directory {}: {}", directory.string(), error.message())});
}

// Reads every page once: the store keeps stories, not samples, so this is a matter of milliseconds.
void check_pages(Db& db) {
  db.query("PRAGMA quick_check(1)", [&](const Statement& row) {
    if (row.text(0) != "ok") db.fail(damaged(db.path(), row.text(0)));
  });
}

void configure(Db& db) {
  db.script("PRAGMA foreign_keys = ON");
  db.query("PRAGMA journal_mode = WAL", [&](const Statement& row) {
    const std::string mode = row.text(0);
    if (mode == "wal" || (mode == "memory" && db.path() == in_memory)) return;
    db.fail({Error::Kind::unavailable,
             fmt::format("{} lies on a file system without the locks of WAL mode; put it on a "
                         "local disk",
                         db.path())});
  });
  // The log is put on the disk where it matters: see Transaction::Outlives.
  db.script("PRAGMA synchronous = NORMAL");
}

}  // namespace

Expected<std::unique_ptr<Store>> open_sqlite(const std::string& path) {
  if (path.empty()) {
    return std::unexpected(Error{Error::Kind::incompatible, "the store's path is empty"});
  }
  if (path != in_memory) {
    if (auto made = make_directory_of(path); !made) return std::unexpected(made.error());
  }
  auto db = Db::open(path);
  if (!db) return std::unexpected(db.error());
  check_pages(**db);
  if (auto sound = (*db)->finish(); !sound) return std::unexpected(sound.error());
  if (auto known = refuse_strangers(**db); !known) return std::unexpected(known.error());
  configure(**db);
  if (auto set = (*db)->finish(); !set) return std::unexpected(set.error());
  if (auto migrated = migrate(**db); !migrated) return std::unexpected(migrated.error());
  return std::make_unique<SqliteStore>(std::move(*db));
}

}  // namespace vedette::store
