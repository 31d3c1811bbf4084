// SPDX-License-Identifier: Apache-2.0
// The troubles a file can be in: full, locked, damaged, foreign, newer, gone. Each has its own kind
// of error, nothing is half written, and the store goes on when the trouble is over.
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "agent/store/open.h"
#include "agent/store/sqlite_store.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/store/samples.h"

namespace vedette::store::test {
namespace {

using detect::State;
using testing::HasSubstr;
using Kind = Error::Kind;

// Another program at the same file.
class Shell {
 public:
  explicit Shell(const std::string& path) {
    EXPECT_EQ(sqlite3_open(path.c_str(), &handle_), SQLITE_OK);
  }
  ~Shell() { sqlite3_close(handle_); }
  void run(const std::string& sql) {
    EXPECT_EQ(sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
        << sql << ": " << sqlite3_errmsg(handle_);
  }

 private:
  sqlite3* handle_ = nullptr;
};

class SqliteTrouble : public testing::Test {
 protected:
  std::unique_ptr<Store> open() {
    auto opened = open_sqlite(path_);
    EXPECT_TRUE(opened) << opened.error().message;
    return opened ? std::move(*opened) : nullptr;
  }
  Error trouble_of_opening() {
    const auto opened = open_sqlite(path_);
    EXPECT_FALSE(opened);
    return opened ? Error{} : opened.error();
  }
  // A store that holds one open incident, closed again.
  void fill() { ASSERT_TRUE(open()->reconcile(portal_, {down_}, always(incident_), at(100))); }
  std::string bytes() const { return vedette::test::read_text_file(path_); }

  vedette::test::TempDir directory_;
  const std::string path_ = directory_ / "vedette.db";
  const Group portal_ = group_of({component("portal")});
  const incident::Vote down_ = vote("portal-login", "portal", State::down, at(10));
  const incident::Incident incident_ = incident_in("portal", "aaaaaaaaaaaa", at(100));
};

TEST_F(SqliteTrouble, AFileOfTheFirstSchemaIsBroughtUpToDateAndKeepsItsIncidents) {
  fill();
  Shell(path_).run(
      "DROP TABLE memories; DROP TABLE cleanups; DROP TABLE flow_agents; DROP TABLE flow_runs; "
      "DROP TABLE change_components; DROP TABLE changes; DROP TABLE maintenance_components; "
      "DROP TABLE maintenance_updates; DROP TABLE maintenances; "
      "ALTER TABLE votes DROP COLUMN weight; ALTER TABLE updates DROP COLUMN strikes; "
      "ALTER TABLE incidents DROP COLUMN held_impact; "
      "ALTER TABLE incidents DROP COLUMN worst_impact; "
      "ALTER TABLE incidents DROP COLUMN acknowledged_by; "
      "ALTER TABLE incidents DROP COLUMN merged_into; "
      "ALTER TABLE agents DROP COLUMN watched; "
      "DROP TABLE stretches; DROP TABLE days; DROP TABLE gaps; "
      "ALTER TABLE components DROP COLUMN recorded; ALTER TABLE votes DROP COLUMN unstable; "
      "ALTER TABLE votes DROP COLUMN variant; ALTER TABLE votes DROP COLUMN step; "
      "PRAGMA user_version = 1");
  const auto store = open();
  EXPECT_TRUE(store->remember("eu-west", {{"mail", "mailbox", "12"}}));
  EXPECT_EQ(store->memories("eu-west")->size(), 1U);
  const auto snapshot = store->snapshot();
  ASSERT_TRUE(snapshot);
  EXPECT_EQ(snapshot->incidents.size(), 1U);
  const auto& history = snapshot->histories.at("portal");
  EXPECT_EQ(history.began, at(100)) << "when its status was told last: of before nothing is known";
  EXPECT_EQ(history.stretches.back().condition, uptime::Condition::major_outage);
}

TEST_F(SqliteTrouble, AnAgentOfAnOlderSchemaCountsAsWatchingSinceItWasLastHeardOf) {
  ASSERT_TRUE(open()->heartbeat("eu-west", at(0), at(200)));
  Shell(path_).run("ALTER TABLE agents DROP COLUMN watched; PRAGMA user_version = 8");
  std::map<std::string, Instant> watched_since;
  const auto look = [&](const incident::Situation& situation) {
    watched_since = situation.watched_since;
    return std::optional<incident::Incident>();
  };
  ASSERT_TRUE(open()->reconcile(portal_, {}, look, at(300)));
  EXPECT_EQ(watched_since, (std::map<std::string, Instant>{{"eu-west", at(200)}}));
}

TEST_F(SqliteTrouble, ALockedFileIsBusyAndFreeAgainAfterwards) {
  const auto store = open();
  Shell other(path_);
  other.run("BEGIN EXCLUSIVE");
  const auto locked = store->reconcile(portal_, {down_}, always(incident_), at(100));
  ASSERT_FALSE(locked);
  EXPECT_EQ(locked.error().kind, Kind::busy);
  EXPECT_EQ(store->heartbeat("eu-west", at(1), at(1)).error().kind, Kind::busy);
  EXPECT_TRUE(store->snapshot());  // readers are not kept out
  other.run("ROLLBACK");
  EXPECT_TRUE(store->reconcile(portal_, {down_}, always(incident_), at(100)));
  EXPECT_EQ(**store->incident(incident_.id), incident_);
}

TEST_F(SqliteTrouble, GarbageIsDamagedAndLeftAsItIs) {
  for (const std::string& garbage :
       {std::string(5, 'x'), std::string(70'000, 'x'), std::string(4096, '\0')}) {
    directory_.write("vedette.db", garbage);
    const Error error = trouble_of_opening();
    EXPECT_EQ(error.kind, Kind::damaged);
    EXPECT_THAT(error.message, HasSubstr(path_));
    EXPECT_THAT(error.message, HasSubstr("move it away"));
    EXPECT_EQ(bytes(), garbage);
  }
}

TEST_F(SqliteTrouble, ACutFileIsDamagedAndLeftAsItIs) {
  fill();
  std::filesystem::resize_file(path_, std::filesystem::file_size(path_) / 2);
  const std::string cut = bytes();
  EXPECT_EQ(trouble_of_opening().kind, Kind::damaged);
  EXPECT_EQ(bytes(), cut);
}

TEST_F(SqliteTrouble, AnOverwrittenPageIsDamaged) {
  fill();
  std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(4096 * 3);
  file << std::string(4096, 'z');
  file.close();
  EXPECT_EQ(trouble_of_opening().kind, Kind::damaged);
}

TEST_F(SqliteTrouble, AWordThatTheProgramDoesNotKnowIsDamaged) {
  fill();
  Shell(path_).run("UPDATE votes SET state = 'sideways'");
  const auto votes = open()->votes("eu-west");
  ASSERT_FALSE(votes);
  EXPECT_EQ(votes.error().kind, Kind::damaged);
  EXPECT_THAT(votes.error().message, HasSubstr("sideways"));
}

TEST_F(SqliteTrouble, ANewerSchemaIsAClearErrorAndLeftAsItIs) {
  fill();
  Shell(path_).run("PRAGMA user_version = 1000");
  const std::string before = bytes();
  const Error error = trouble_of_opening();
  EXPECT_EQ(error.kind, Kind::incompatible);
  EXPECT_THAT(error.message, HasSubstr("has schema 1000, this program knows"));
  EXPECT_EQ(bytes(), before);
}

TEST_F(SqliteTrouble, TheDatabaseOfAnotherProgramIsLeftAlone) {
  Shell(path_).run("CREATE TABLE songs (title TEXT)");
  const std::string before = bytes();
  const Error error = trouble_of_opening();
  EXPECT_EQ(error.kind, Kind::incompatible);
  EXPECT_THAT(error.message, HasSubstr("another program"));
  EXPECT_EQ(bytes(), before);
}

TEST_F(SqliteTrouble, ADirectoryThatCannotBeMadeIsUnavailable) {
  const std::string file = directory_.write("file", "a file, not a directory");
  const auto opened = open_sqlite(file + "/below/vedette.db");
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, Kind::unavailable);
  EXPECT_THAT(opened.error().message, HasSubstr(file + "/below"));
}

TEST_F(SqliteTrouble, ADirectoryInThePlaceOfTheFileIsUnavailable) {
  std::filesystem::create_directory(path_);
  EXPECT_EQ(trouble_of_opening().kind, Kind::unavailable);
}

TEST_F(SqliteTrouble, AFileMovedAwayIsNotWrittenIntoAnyMore) {
  const auto store = open();
  std::filesystem::rename(path_, path_ + ".moved");
  const auto lost = store->reconcile(portal_, {down_}, always(incident_), at(100));
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.error().kind, Kind::unavailable);
  EXPECT_THAT(lost.error().message, HasSubstr("moved"));
  EXPECT_FALSE(store->snapshot());
  EXPECT_FALSE(store->heartbeat("eu-west", at(1), at(1)));
  EXPECT_FALSE(store->retain("eu-west", {}, {}, at(1)));
}

TEST_F(SqliteTrouble, AnUpdateCannotBeRewrittenByHandEither) {
  fill();
  sqlite3* handle = nullptr;
  ASSERT_EQ(sqlite3_open(path_.c_str(), &handle), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(handle, "UPDATE updates SET text = 'nothing happened'", nullptr, nullptr,
                         nullptr),
            SQLITE_CONSTRAINT);
  sqlite3_close(handle);
  EXPECT_EQ(**open()->incident(incident_.id), incident_);
}

TEST_F(SqliteTrouble, TheIndexAloneForbidsASecondOpenIncident) {
  fill();
  sqlite3* handle = nullptr;
  ASSERT_EQ(sqlite3_open(path_.c_str(), &handle), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(handle,
                         "INSERT INTO incidents SELECT 'bbbbbbbbbbbb', group_key, title, impact, "
                         "status, impact_began, detected, opened, mitigated, resolved, "
                         "detected_by, worst_impact, held_impact, acknowledged_by, merged_into "
                         "FROM incidents",
                         nullptr, nullptr, nullptr),
            SQLITE_CONSTRAINT);
  sqlite3_close(handle);
}

TEST(StoreAddress, NamesTheKindOfStore) {
  EXPECT_TRUE(vedette::store::open("sqlite::memory:"));
  const auto other = vedette::store::open("mysql://localhost/vedette");
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().kind, Kind::incompatible);
  EXPECT_THAT(other.error().message, HasSubstr("mysql://localhost"));
  EXPECT_FALSE(vedette::store::open("sqlite:"));
}

}  // namespace
}  // namespace vedette::store::test
