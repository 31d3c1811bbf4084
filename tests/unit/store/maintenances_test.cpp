// SPDX-License-Identifier: Apache-2.0
// Maintenances on every backend.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/store/samples.h"
#include "tests/unit/store/store_test.h"

namespace vedette::store::test {
namespace {

using detect::State;
using incident::ComponentStatus;
using incident::Maintenance;
using incident::MaintenanceStatus;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class StoreOfMaintenances : public StoreTest {
 protected:
  static Maintenance planned(const std::string& series = "") {
    return incident::announced({.series = series,
                                .title = "New disks",
                                .description = "",
                                .author = "Ann",
                                .components = {"portal", "cart"},
                                .names = {"Portal", "Cart"},
                                .begin = at(1000),
                                .end = at(2000),
                                .verify_for = Duration(500)},
                               at(0));
  }
  std::vector<Maintenance> shown() { return store_->snapshot().value().maintenances; }
};

TEST_P(StoreOfMaintenances, AreAnnouncedOnceAndComeBackAsTheyWent) {
  EXPECT_THAT(*store_->tend({planned()}, at(9000), at(0)), ElementsAre("portal", "cart"));
  EXPECT_THAT(*store_->tend({planned()}, at(9000), at(0)), IsEmpty());
  EXPECT_THAT(shown(), ElementsAre(planned()));
}

TEST_P(StoreOfMaintenances, GoOnWithTime) {
  ASSERT_TRUE(store_->tend({planned()}, at(9000), at(0)));
  EXPECT_THAT(*store_->tend({}, at(9000), at(1500)), SizeIs(2));
  EXPECT_EQ(shown().at(0).status, MaintenanceStatus::in_progress);
  EXPECT_THAT(*store_->tend({}, at(9000), at(3000)), SizeIs(2));
  EXPECT_EQ(shown().at(0).completed, at(2500));
  EXPECT_THAT(shown().at(0).updates, SizeIs(4));
}

TEST_P(StoreOfMaintenances, OfASeriesThatIsNotConfiguredAnyMoreAreTakenOffThePlan) {
  ASSERT_TRUE(store_->tend({planned("weekly")}, at(9000), at(0)));
  EXPECT_THAT(*store_->tend({}, at(9000), at(1)), SizeIs(2));
  EXPECT_TRUE(shown().at(0).completed);
}

TEST_P(StoreOfMaintenances, OfASeriesThatIsConfiguredAgainArePlannedAgain) {
  ASSERT_TRUE(store_->tend({planned("weekly")}, at(9000), at(0)));
  ASSERT_TRUE(store_->tend({}, at(9000), at(1)));
  EXPECT_THAT(*store_->tend({planned("weekly")}, at(2), at(2)), IsEmpty()) << "the plan is old";
  EXPECT_THAT(*store_->tend({planned("weekly")}, at(9000), at(3)), SizeIs(2));
  EXPECT_EQ(shown().at(0).status, MaintenanceStatus::scheduled);
  EXPECT_THAT(*store_->tend({planned("weekly")}, at(9000), at(4)), IsEmpty());
}

TEST_P(StoreOfMaintenances, ThatAPersonCancelledStayCancelledThoughTheyAreConfigured) {
  ASSERT_TRUE(store_->tend({planned("weekly")}, at(9000), at(0)));
  ASSERT_TRUE(store_->amend_maintenance(planned("weekly").id, [](const Maintenance* known) {
    return incident::cancelled(*known, "Ann", at(5));
  }));
  EXPECT_THAT(*store_->tend({planned("weekly")}, at(9000), at(6)), IsEmpty());
  EXPECT_TRUE(shown().at(0).completed);
}

TEST_P(StoreOfMaintenances, ThatHaveBegunGoOnAsAnnouncedThoughTheConfigurationChanged) {
  ASSERT_TRUE(store_->tend({planned("weekly")}, at(9000), at(0)));
  ASSERT_TRUE(store_->tend({planned("weekly")}, at(9000), at(1100)));
  auto longer = planned("weekly");
  longer.id = "another00000";
  longer.scheduled_until = at(3000);
  EXPECT_THAT(*store_->tend({longer}, at(9000), at(1200)), IsEmpty());
  EXPECT_THAT(shown(), SizeIs(1));
}

TEST_P(StoreOfMaintenances, OfTwoAgentsWithTheirOwnConfigurationsNeverQuarrel) {
  const auto region_a = planned("weekly");
  ASSERT_TRUE(store_->tend({region_a}, at(9000), at(0)));
  for (int i = 1; i < 20; ++i) {
    ASSERT_TRUE(store_->tend({}, at(i), at(i)));
    ASSERT_TRUE(store_->tend({region_a}, at(i), at(i)));
  }
  EXPECT_THAT(shown(), ElementsAre(region_a));
}

TEST_P(StoreOfMaintenances, PeopleMakeAndChangeThem) {
  const auto made =
      store_->amend_maintenance(planned().id, [](const Maintenance* known) -> incident::Amendment {
        EXPECT_EQ(known, nullptr);
        return planned();
      });
  ASSERT_TRUE(made && *made);
  const auto refused =
      store_->amend_maintenance(planned().id, [](const Maintenance* known) -> incident::Amendment {
        EXPECT_EQ(*known, planned());
        return std::unexpected("no");
      });
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->error(), "no");
}

TEST_P(StoreOfMaintenances, ShowAsTheStatusOfTheirComponentsWhileTheyLast) {
  const Group portal = group_of({component("portal")});
  auto down = vote("login", "portal", State::down, at(1200));
  down.verdict.since = at(1100);
  const auto status = [&](Instant now, const std::vector<incident::Vote>& votes) {
    EXPECT_TRUE(store_->reconcile(portal, votes, nothing(), now));
    return store_->snapshot()->components.at(0).status;
  };
  ASSERT_TRUE(store_->tend({planned()}, at(9000), at(0)));
  EXPECT_EQ(status(at(500), {}), ComponentStatus::operational);
  EXPECT_EQ(status(at(1000), {}), ComponentStatus::under_maintenance);
  EXPECT_EQ(status(at(1200), {down}), ComponentStatus::under_maintenance);
  EXPECT_EQ(status(at(2500), {}), ComponentStatus::major_outage);
}

INSTANTIATE_TEST_SUITE_P(Store, StoreOfMaintenances, testing::ValuesIn(all_backends()),
                         testing::PrintToStringParamName());

}  // namespace
}  // namespace vedette::store::test
