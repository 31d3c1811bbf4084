// SPDX-License-Identifier: Apache-2.0
// Changes, what is related across groups, and what people do to incidents, on every backend.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/store/samples.h"
#include "tests/unit/store/store_test.h"

namespace vedette::store::test {
namespace {

using detect::State;
using incident::ComponentStatus;
using incident::Incident;
using incident::Situation;
using incident::Status;
using incident::Vote;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class StoreOfChanges : public StoreTest {
 protected:
  void put(const Group& group, const Incident& incident) {
    const auto done = store_->reconcile(group, {}, always(incident), at(0));
    ASSERT_TRUE(done) << done.error().message;
  }
  Situation seen(const Group& group, Instant now = at(0), const std::vector<Vote>& votes = {}) {
    Situation situation;
    const auto done = store_->reconcile(
        group, votes,
        [&](const Situation& loaded) {
          situation = loaded;
          return std::nullopt;
        },
        now);
    EXPECT_TRUE(done) << done.error().message;
    return situation;
  }

  const Group portal_ = group_of({component("portal")});
  const Group shop_ = group_of({component("cart", "Shop")});
};

incident::Change change(const std::string& text, Instant when, const std::string& component) {
  incident::Change change{.id = {},
                          .kind = incident::ChangeKind::recorded,
                          .at = when,
                          .recorded = when + Duration(5),
                          .text = text,
                          .author = "Ann",
                          .is_public = false,
                          .before = "one",
                          .after = "two",
                          .components = {component}};
  change.id = change_id(change);
  return change;
}

TEST_P(StoreOfChanges, AChangeIsWrittenOnceAndComesBackAsItWent) {
  const auto deploy = change("deploy", at(10), "portal");
  EXPECT_TRUE(store_->record_change(deploy).value());
  EXPECT_FALSE(store_->record_change(deploy).value());
  EXPECT_THAT(*store_->changes(at(0), 10), ElementsAre(deploy));
}

// Seen by a check of this region.
incident::Change observed(const std::string& region, Instant when, const std::string& after,
                          const std::string& component = "portal") {
  auto seen = change("the certificate changed", when, component);
  seen.kind = incident::ChangeKind::observed;
  seen.author = "check login in " + region;
  seen.after = after;
  seen.id = change_id(seen);
  return seen;
}

TEST_P(StoreOfChanges, WhatSeveralRegionsObserveIsOneChangeByWhoSawItFirst) {
  const auto first = observed("eu-west", at(10), "new");
  EXPECT_TRUE(store_->record_change(first).value());
  EXPECT_FALSE(store_->record_change(observed("us-east", at(12), "new")).value());
  EXPECT_FALSE(store_->record_change(observed("asia", at(9), "new")).value())
      << "its clock is late";
  EXPECT_THAT(*store_->changes(at(0), 10), ElementsAre(first));
}

TEST_P(StoreOfChanges, AnotherResultAnotherComponentOrAnotherTimeIsAnotherChange) {
  ASSERT_TRUE(store_->record_change(observed("eu-west", at(10), "new")));
  EXPECT_TRUE(store_->record_change(observed("eu-west", at(11), "newer")).value());
  EXPECT_TRUE(store_->record_change(observed("eu-west", at(11), "new", "cart")).value());
  EXPECT_TRUE(
      store_->record_change(observed("eu-west", at(11) + std::chrono::minutes{15}, "new")).value());
}

TEST_P(StoreOfChanges, TheSnapshotHasThoseOfTheLastHour) {
  ASSERT_TRUE(store_->heartbeat("eu-west", at(0), at(7'200'000)));
  const auto old = change("deploy", at(3'500'000), "portal");
  const auto recent = change("deploy", at(3'700'000), "portal");
  ASSERT_TRUE(store_->record_change(old));
  ASSERT_TRUE(store_->record_change(recent));
  EXPECT_THAT(store_->snapshot()->changes, ElementsAre(recent));
}

TEST_P(StoreOfChanges, ChangesAreListedNewestFirstAndNoMoreThanAsked) {
  for (const int when : {1, 3, 2}) {
    ASSERT_TRUE(store_->record_change(change("deploy", at(when), "portal")));
  }
  const auto listed = *store_->changes(at(2), 10);
  ASSERT_THAT(listed, SizeIs(2));
  EXPECT_EQ(listed[0].at, at(3));
  EXPECT_THAT(*store_->changes(at(0), 1), SizeIs(1));
}

TEST_P(StoreOfChanges, TheSituationHoldsTheChangesOfItsComponentsThatAreNotTooOld) {
  const auto deploy = change("deploy", at(10), "cart");
  ASSERT_TRUE(store_->record_change(deploy));
  ASSERT_TRUE(store_->record_change(change("deploy", at(11), "portal")));
  EXPECT_THAT(seen(shop_).changes, ElementsAre(deploy));
  EXPECT_THAT(seen(shop_, at(11) + incident::changes_reach).changes, IsEmpty());
}

TEST_P(StoreOfChanges, RelatedComponentsAndTheirPlaceInOtherIncidentsAreSeen) {
  const auto landscape = std::make_shared<Landscape>();
  for (const auto& one : {component("portal"), component("cart", "Shop")})
    landscape->emplace(one.id, one);
  Group shop = group_of({component("cart", "Shop")});
  shop.related = {"portal"};
  shop.landscape = landscape;
  const Incident incident = incident_in("portal", "aaaaaaaaaaaa", at(100));
  put(portal_, incident);
  const Situation situation = seen(shop, at(100), {vote("login", "portal", State::down, at(1))});
  ASSERT_THAT(situation.components, SizeIs(2));
  EXPECT_THAT(situation.votes, SizeIs(1));
  EXPECT_EQ(situation.open, std::nullopt);
  EXPECT_THAT(situation.elsewhere,
              ElementsAre(incident::Elsewhere{"portal", incident.id, ComponentStatus::major_outage,
                                              incident.opened}));
}

TEST_P(StoreOfChanges, APersonSeesOpenAndNamedIncidentsAndChangesAllOrNothing) {
  const Incident open = incident_in("portal", "aaaaaaaaaaaa", at(100));
  put(portal_, open);
  const Incident over =
      continued(incident_in("Shop", "bbbbbbbbbbbb", at(50)), Status::resolved, at(60));
  put(shop_, over);
  std::size_t known = 0;
  const auto refuse = [&](const std::vector<Incident>& incidents) -> Amended {
    known = incidents.size();
    return std::unexpected("no");
  };
  EXPECT_EQ(store_->amend({}, refuse)->error(), "no");
  EXPECT_EQ(known, 1U);
  EXPECT_EQ(store_->amend({over.id}, refuse)->error(), "no");
  EXPECT_EQ(known, 2U);

  const Incident next = continued(open, Status::identified, at(200));
  EXPECT_TRUE(store_->amend({}, [&](const std::vector<Incident>&) -> Amended { return {{next}}; })
                  ->has_value());
  EXPECT_EQ(store_->incident(open.id).value(), next);
}

INSTANTIATE_TEST_SUITE_P(Store, StoreOfChanges, testing::ValuesIn(all_backends()),
                         testing::PrintToStringParamName());

}  // namespace
}  // namespace vedette::store::test
