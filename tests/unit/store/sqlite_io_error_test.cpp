// SPDX-License-Identifier: Apache-2.0
// The disk fails at the first write, at the second, ... until a run passes untouched: each time all
// or nothing is stored, the error tells what happened, and the same store goes on when the disk is
// mended.
#include <gtest/gtest.h>

#include "agent/store/sqlite_store.h"
#include "agent/store/supervised_store.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/store/faulty_vfs.h"
#include "tests/unit/store/samples.h"

namespace vedette::store::test {
namespace {

using Fault = FaultyVfs::Fault;
using Lasting = FaultyVfs::Lasting;

struct Case {
  std::string name;
  Fault fault;
  Lasting lasting;
  Error::Kind kind;
};

std::ostream& operator<<(std::ostream& out, const Case& tested) {
  return out << tested.name;
}

class SqliteIoError : public testing::TestWithParam<Case> {
 protected:
  const Group portal_ = group_of({component("portal")});
  const incident::Vote down_ = vote("portal-login", "portal", detect::State::down, at(10));
  const incident::Incident opened_ = incident_in("portal", "aaaaaaaaaaaa", at(100));
  const incident::Incident next_ = continued(opened_, incident::Status::monitoring, at(200));
};

TEST_P(SqliteIoError, WritingAnIncidentIsAllOrNothingWhereverItStrikes) {
  FaultyVfs disk;
  bool struck = true;
  int nth = 0;
  while (struck) {
    vedette::test::TempDir directory;
    const std::string path = directory / "vedette.db";
    SupervisedStore store([&] { return open_sqlite(path); }, {Duration(0), Duration(0)});
    ASSERT_TRUE(store.reconcile(portal_, {}, always(opened_), at(100)));

    disk.fail(++nth, GetParam().fault, GetParam().lasting);
    const auto result = store.reconcile(portal_, {down_}, always(next_), at(200));
    struck = disk.struck();
    disk.mend();
    EXPECT_EQ(result.has_value(), !struck);
    EXPECT_TRUE(result || result.error().kind == GetParam().kind);

    const auto stored = store.incident(opened_.id);
    ASSERT_TRUE(stored) << stored.error().message;
    const bool all = **stored == next_ && store.votes("eu-west")->size() == 1;
    const bool nothing_at_all = **stored == opened_ && store.votes("eu-west")->empty();
    EXPECT_TRUE(all || nothing_at_all) << "at change " << nth;

    ASSERT_TRUE(store.reconcile(portal_, {down_}, always(next_), at(200)));
    EXPECT_EQ(**store.incident(opened_.id), next_);
    EXPECT_FALSE(store.trouble());
  }
  EXPECT_GT(nth, 1);  // it did strike
}

TEST_P(SqliteIoError, MakingAStoreCanBeTriedAgainWhereverItStrikes) {
  FaultyVfs disk;
  bool struck = true;
  int nth = 0;
  while (struck) {
    vedette::test::TempDir directory;
    const std::string path = directory / "vedette.db";
    disk.fail(++nth, GetParam().fault, GetParam().lasting);
    const auto first = open_sqlite(path);
    struck = disk.struck();
    disk.mend();
    // A fault while closing the half-made file may strike after the opening succeeded.
    EXPECT_TRUE(first || first.error().kind == GetParam().kind);
    EXPECT_TRUE(first || struck);
    const auto second = open_sqlite(path);
    ASSERT_TRUE(second) << second.error().message << " after change " << nth;
    ASSERT_TRUE((*second)->reconcile(portal_, {down_}, always(opened_), at(100)));
  }
  EXPECT_GT(nth, 1);
}

INSTANTIATE_TEST_SUITE_P(
    Disk, SqliteIoError,
    testing::Values(
        Case{"WriteErrorOnce", Fault::write_error, Lasting::once, Error::Kind::unavailable},
        Case{"WriteErrorLasting", Fault::write_error, Lasting::until_mended,
             Error::Kind::unavailable},
        Case{"FullOnce", Fault::disk_full, Lasting::once, Error::Kind::full},
        Case{"FullLasting", Fault::disk_full, Lasting::until_mended, Error::Kind::full},
        Case{"SyncErrorOnce", Fault::sync_error, Lasting::once, Error::Kind::unavailable},
        Case{"SyncErrorLasting", Fault::sync_error, Lasting::until_mended,
             Error::Kind::unavailable}),
    testing::PrintToStringParamName());

TEST(SqliteDurability, AnIncidentWaitsForTheDiskAndAVoteAloneDoesNot) {
  FaultyVfs disk;
  vedette::test::TempDir directory;
  const auto store = open_sqlite(directory / "vedette.db");
  ASSERT_TRUE(store);
  const Group portal = group_of({component("portal")});
  int before = disk.log_syncs();
  ASSERT_TRUE((*store)->reconcile(portal, {vote("login", "portal", detect::State::up, at(1))},
                                  nothing(), at(1)));
  EXPECT_EQ(disk.log_syncs(), before);
  before = disk.log_syncs();
  ASSERT_TRUE(
      (*store)->reconcile(portal, {}, always(incident_in("portal", "aaaaaaaaaaaa", at(2))), at(2)));
  EXPECT_GE(disk.log_syncs(), before + 1);
}

TEST(SqliteDurability, AFullDiskCanBeReadAndIsWrittenAgainWhenThereIsSpace) {
  FaultyVfs disk;
  vedette::test::TempDir directory;
  const auto store = open_sqlite(directory / "vedette.db");
  ASSERT_TRUE(store);
  const Group portal = group_of({component("portal")});
  disk.fail(1, Fault::disk_full, Lasting::until_mended);
  EXPECT_EQ((*store)->heartbeat("eu-west", at(1), at(1)).error().kind, Error::Kind::full);
  EXPECT_TRUE((*store)->snapshot());
  disk.mend();
  EXPECT_TRUE((*store)->heartbeat("eu-west", at(2), at(2)));
}

}  // namespace
}  // namespace vedette::store::test
