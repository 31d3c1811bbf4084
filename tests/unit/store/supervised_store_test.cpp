// SPDX-License-Identifier: Apache-2.0
// The store that was away comes back by itself, without a restart of the program.
#include "agent/store/supervised_store.h"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "agent/store/sqlite_store.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/store/samples.h"

namespace vedette::store::test {
namespace {

using Kind = Error::Kind;
constexpr Pauses no_pauses{Duration(0), Duration(0)};
constexpr Pauses endless_pauses{std::chrono::hours(1), std::chrono::hours(1)};

class SupervisedStoreTest : public testing::Test {
 protected:
  SupervisedStore supervised(Pauses pauses) {
    return SupervisedStore(
        [this] {
          ++openings_;
          return open_sqlite(path_);
        },
        pauses);
  }

  vedette::test::TempDir directory_;
  const std::string path_ = directory_ / "vedette.db";
  int openings_ = 0;
};

TEST_F(SupervisedStoreTest, OpensAtTheFirstCallAndStaysOpen) {
  SupervisedStore store = supervised(no_pauses);
  EXPECT_TRUE(store.next_attempt());
  EXPECT_TRUE(store.snapshot());
  EXPECT_TRUE(store.heartbeat("eu-west", at(1), at(1)));
  EXPECT_EQ(openings_, 1);
  EXPECT_FALSE(store.next_attempt());
  EXPECT_FALSE(store.trouble());
}

TEST_F(SupervisedStoreTest, EveryMethodTellsWhatKeepsTheStoreAway) {
  directory_.write("vedette.db", "this is no database, and it is longer than nothing");
  SupervisedStore store = supervised(endless_pauses);
  EXPECT_EQ(store.reconcile({}, {}, nothing(), at(1)).error().kind, Kind::damaged);
  EXPECT_EQ(store.votes("eu-west").error().kind, Kind::damaged);
  EXPECT_EQ(store.snapshot().error().kind, Kind::damaged);
  EXPECT_EQ(store.incident("aaaaaaaaaaaa").error().kind, Kind::damaged);
  EXPECT_EQ(store.open_groups().error().kind, Kind::damaged);
  EXPECT_EQ(store.retain("eu-west", {}, {}, at(1)).error().kind, Kind::damaged);
  EXPECT_EQ(store.heartbeat("eu-west", at(1), at(1)).error().kind, Kind::damaged);
  EXPECT_EQ(store.trouble()->kind, Kind::damaged);
  EXPECT_EQ(openings_, 1);  // the pause is not over
}

TEST_F(SupervisedStoreTest, GoesOnWithANewFileWhenTheDamagedOneWasMovedAway) {
  directory_.write("vedette.db", "this is no database, and it is longer than nothing");
  SupervisedStore store = supervised(no_pauses);
  EXPECT_FALSE(store.snapshot());
  std::filesystem::rename(path_, path_ + ".damaged");
  EXPECT_TRUE(store.snapshot());
  EXPECT_FALSE(store.trouble());
}

TEST_F(SupervisedStoreTest, GoesOnWithTheFileThatReplacedItsOwn) {
  const Group portal = group_of({component("portal")});
  const auto incident = incident_in("portal", "aaaaaaaaaaaa", at(100));
  const std::string other = directory_ / "other.db";
  ASSERT_TRUE((*open_sqlite(other))->reconcile(portal, {}, always(incident), at(100)));

  SupervisedStore store = supervised(no_pauses);
  ASSERT_TRUE(store.heartbeat("eu-west", at(1), at(1)));
  std::filesystem::rename(other, path_);
  const auto first = store.incident(incident.id);
  ASSERT_FALSE(first);  // told once, so that the caller can look after what it wrote before
  EXPECT_EQ(first.error().kind, Kind::unavailable);
  const auto second = store.incident(incident.id);
  ASSERT_TRUE(second && *second);
  EXPECT_EQ(**second, incident);
}

TEST_F(SupervisedStoreTest, PausesGrowBetweenAttempts) {
  directory_.write("vedette.db", "this is no database, and it is longer than nothing");
  SupervisedStore store = supervised({Duration(1), Duration(3'600'000)});
  const auto attempts = [&] {
    const int before = openings_;
    while (openings_ == before) store.open_if_due();
    return *store.next_attempt() - Steady::now();
  };
  Steady::duration longest{};
  for (int i = 0; i < 6; ++i) longest = attempts();
  EXPECT_GT(longest, Duration(16));  // 1, 2, 4, 8, 16, 32 ms
}

TEST_F(SupervisedStoreTest, ABugIsNotTheStoresTrouble) {
  SupervisedStore store = supervised(no_pauses);
  const Decide broken = [](const incident::Situation&) -> std::optional<incident::Incident> {
    throw std::logic_error("no idea");
  };
  EXPECT_EQ(store.reconcile({}, {}, broken, at(1)).error().kind, Kind::bug);
  EXPECT_FALSE(store.trouble());
  EXPECT_TRUE(store.snapshot());
  EXPECT_EQ(openings_, 1);
}

}  // namespace
}  // namespace vedette::store::test
