// SPDX-License-Identifier: Apache-2.0
#include "agent/incident/maintenance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "agent/incident/replan.h"
#include "tests/unit/incident/world.h"

namespace vedette::incident::test {
namespace {

using testing::SizeIs;

Maintenance planned(Duration verify_for = {}) {
  return announced({.series = "",
                    .title = "New disks",
                    .description = "Pages may be slow.",
                    .author = "Ann",
                    .components = {"shop"},
                    .names = {"Shop"},
                    .begin = at(100),
                    .end = at(1000),
                    .verify_for = verify_for},
                   at(0));
}

std::vector<MaintenanceStatus> statuses(const Maintenance& one) {
  std::vector<MaintenanceStatus> all;
  for (const MaintenanceUpdate& update : one.updates) all.push_back(update.status);
  return all;
}

TEST(Maintenance, GoesThroughItsStatusesAtTheirInstants) {
  using enum MaintenanceStatus;
  Maintenance one = planned(std::chrono::seconds{60});
  EXPECT_EQ(advanced(one, at(99)), one);
  one = advanced(one, at(105));
  EXPECT_EQ(one.status, in_progress);
  EXPECT_EQ(one.updates.back().at, at(100));
  one = advanced(one, at(1000));
  EXPECT_EQ(one.status, verifying);
  one = advanced(one, at(1060));
  EXPECT_EQ(one.completed, at(1060));
  EXPECT_EQ(statuses(one), (std::vector{scheduled, in_progress, verifying, completed}));
}

TEST(Maintenance, CatchesUpAfterAPauseAndStaysTheSameAfterwards) {
  const Maintenance one = advanced(planned(), at(5000));
  EXPECT_THAT(one.updates, SizeIs(3));
  EXPECT_EQ(one.completed, at(1000));
  EXPECT_EQ(advanced(one, at(9000)), one);
}

TEST(Maintenance, MayTakeLongerOrEndEarlier) {
  const Maintenance begun = advanced(planned(), at(200));
  const auto longer = ending_at(begun, at(2000), "Ann", at(300)).value();
  EXPECT_EQ(advanced(longer, at(1500)).status, MaintenanceStatus::in_progress);
  EXPECT_EQ(longer.updates.back().author, "Ann");
  const auto over = ended(begun, "Ann", at(300)).value();
  EXPECT_EQ(over.completed, at(300));
  EXPECT_FALSE(ended(over, "Ann", at(301)));
  EXPECT_FALSE(ending_at(begun, at(100), "Ann", at(300)));
}

TEST(Maintenance, IsPlannedAgainAfterItWasCancelledAndOnlyThen) {
  EXPECT_EQ(planned_again(planned(), "Ann", at(50)), planned());
  const auto off = cancelled(planned(), "Ann", at(50)).value();
  EXPECT_EQ(cancelled_by(off), "Ann");
  const auto on = planned_again(off, "Ben", at(60));
  EXPECT_EQ(on.status, MaintenanceStatus::scheduled);
  EXPECT_FALSE(on.completed);
  EXPECT_EQ(on.updates.back().author, "Ben");
  EXPECT_EQ(advanced(on, at(100)).status, MaintenanceStatus::in_progress);
  EXPECT_EQ(planned_again(off, "Ben", at(1000)), off) << "its time is over";
  const auto done = advanced(planned(), at(5000));
  EXPECT_EQ(planned_again(done, "Ben", at(500)), done) << "it took place";
}

TEST(Maintenance, IsCancelledOnlyBeforeItBegins) {
  EXPECT_TRUE(cancelled(planned(), "Ann", at(50))->completed.has_value());
  EXPECT_FALSE(cancelled(advanced(planned(), at(200)), "Ann", at(200)));
}

}  // namespace
}  // namespace vedette::incident::test
