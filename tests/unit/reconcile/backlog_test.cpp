// SPDX-License-Identifier: Apache-2.0
// The queue of verdict changes: order, bound, and what a reload makes of it.
#include "agent/reconcile/backlog.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/reconcile/doubles.h"

namespace vedette::reconcile::test {
namespace {

using detect::State;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<Instant> instants(const std::vector<VoteChange>& changes) {
  std::vector<Instant> all;
  for (const VoteChange& change : changes) all.push_back(change.at);
  return all;
}

class BacklogTest : public testing::Test {
 protected:
  BacklogTest() {
    backlog_.apply(monitoring({component("portal"), component("cart", "Shop")}), at(0));
  }

  static constexpr std::size_t bound = 6;
  Backlog backlog_{bound};
};

TEST_F(BacklogTest, KeepsTheOrderOfEachGroup) {
  backlog_.add(change("portal", State::down, at(1)));
  backlog_.add(change("cart", State::down, at(2)));
  backlog_.add(change("portal", State::up, at(3)));
  EXPECT_EQ(backlog_.size(), 3U);
  EXPECT_THAT(backlog_.groups(), ElementsAre("Shop", "portal"));
  EXPECT_THAT(instants(backlog_.take("portal")), ElementsAre(at(1), at(3)));
  EXPECT_THAT(backlog_.take("portal"), IsEmpty());
  EXPECT_EQ(backlog_.size(), 1U);
}

TEST_F(BacklogTest, WhatIsPutBackStandsBeforeWhatCameMeanwhile) {
  backlog_.add(change("portal", State::down, at(1)));
  backlog_.add(change("portal", State::up, at(2)));
  const auto taken = backlog_.take("portal");
  backlog_.add(change("portal", State::down, at(3)));
  backlog_.put_back({taken.begin() + 1, taken.end()});
  EXPECT_THAT(instants(backlog_.take("portal")), ElementsAre(at(2), at(3)));
  EXPECT_EQ(backlog_.size(), 0U);
}

TEST_F(BacklogTest, DropsWhatIsNotConfigured) {
  EXPECT_FALSE(backlog_.add(change("unheard-of", State::down, at(1))));
  VoteChange elsewhere = change("portal", State::down, at(1));
  elsewhere.vote.component = "cart";  // configured, but not as this check's component
  EXPECT_FALSE(backlog_.add(elsewhere));
  EXPECT_EQ(backlog_.size(), 0U);
}

TEST_F(BacklogTest, BeyondTheBoundTheNewestOfEachCheckIsKept) {
  for (int i = 1; i <= 6; ++i)
    backlog_.add(change("portal", i % 2 == 0 ? State::up : State::down, at(i)));
  EXPECT_FALSE(backlog_.take_overflow());
  EXPECT_EQ(backlog_.size(), 6U);
  backlog_.add(change("cart", State::down, at(7)));
  EXPECT_TRUE(backlog_.take_overflow());
  EXPECT_FALSE(backlog_.take_overflow());
  EXPECT_EQ(backlog_.size(), 2U);
  EXPECT_THAT(instants(backlog_.take("portal")), ElementsAre(at(6)));
  EXPECT_THAT(instants(backlog_.take("Shop")), ElementsAre(at(7)));
}

TEST_F(BacklogTest, AReloadDropsRemovedChecksAndMovesTheOthersToTheirNewGroup) {
  backlog_.add(change("portal", State::down, at(1)));
  backlog_.add(change("cart", State::down, at(2)));
  backlog_.apply(monitoring({component("cart", "Checkout")}), at(5));
  EXPECT_EQ(backlog_.size(), 1U);
  EXPECT_THAT(backlog_.groups(), ElementsAre("Checkout"));
}

TEST_F(BacklogTest, ACheckThatBelongsToAnotherComponentTakesItsVerdictAlong) {
  backlog_.add(change("portal", State::down, at(1)));
  backlog_.take("portal");
  Monitored moved = monitoring({component("portal"), component("cart", "Shop")});
  moved.checks = {{"portal-check", "cart"}};
  backlog_.apply(moved, at(5));
  const auto changes = backlog_.take("Shop");
  ASSERT_THAT(instants(changes), ElementsAre(at(5)));
  EXPECT_EQ(changes[0].vote.component, "cart");
  EXPECT_EQ(changes[0].vote.verdict.state, State::down);
}

TEST_F(BacklogTest, AlsoWhenThatWasChangedWhileTheAgentWasDown) {
  incident::Vote stored = change("portal", State::down, at(1)).vote;
  stored.component = "cart";
  backlog_.restore({stored, change("unheard-of", State::down, at(1)).vote}, at(15));
  EXPECT_EQ(backlog_.size(), 1U);
  const auto changes = backlog_.take("portal");
  ASSERT_THAT(instants(changes), ElementsAre(at(15)));
  EXPECT_EQ(changes[0].vote.component, "portal");
}

TEST_F(BacklogTest, TellsAStoreThatWasReplacedWhatItDoesNotKnow) {
  const VoteChange portal = change("portal", State::down, at(1));
  const VoteChange cart = change("cart", State::up, at(2));
  backlog_.add(portal);
  backlog_.add(cart);
  backlog_.take("portal");
  backlog_.take("Shop");
  backlog_.add_what_is_missing({portal.vote, cart.vote});
  EXPECT_EQ(backlog_.size(), 0U);
  backlog_.add_what_is_missing({portal.vote});
  EXPECT_THAT(instants(backlog_.take("Shop")), ElementsAre(at(2)));
  incident::Vote old = portal.vote;
  old.verdict.decided -= Duration(1);
  backlog_.add_what_is_missing({old, cart.vote});
  EXPECT_THAT(instants(backlog_.take("portal")), ElementsAre(at(1)));
}

TEST_F(BacklogTest, WhatWaitsIsNotToldTwice) {
  backlog_.add(change("portal", State::down, at(1)));
  backlog_.add_what_is_missing({});
  EXPECT_EQ(backlog_.size(), 1U);
}

TEST_F(BacklogTest, WhatWasRestoredCountsUntilTheAgentKnowsBetter) {
  const VoteChange down = change("portal", State::down, at(10));
  backlog_.restore({down.vote}, at(15));
  backlog_.add_what_is_missing({down.vote});
  EXPECT_EQ(backlog_.size(), 0U);
  backlog_.add_what_is_missing({});
  EXPECT_THAT(instants(backlog_.take("portal")), ElementsAre(down.vote.verdict.decided));
  backlog_.add(change("portal", State::up, at(20)));
  backlog_.take("portal");
  backlog_.restore({down.vote}, at(15));
  backlog_.add_what_is_missing({});
  EXPECT_THAT(instants(backlog_.take("portal")), ElementsAre(at(20)));
}

}  // namespace
}  // namespace vedette::reconcile::test
