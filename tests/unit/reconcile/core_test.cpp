// SPDX-License-Identifier: Apache-2.0
// Replaying verdict changes into a real store, in virtual time: it does not matter when somebody
// looked.
#include "agent/reconcile/core.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/reconcile/doubles.h"

namespace vedette::reconcile::test {
namespace {

using detect::State;
using incident::Incident;
using incident::Situation;
using incident::Status;
using testing::SizeIs;

constexpr std::int64_t second = 1000;
constexpr std::int64_t minute = 60 * second;

class Core : public testing::Test {
 protected:
  Replayed replay(const Stretch& stretch) {
    return reconcile::replay(store_, portal_, stretch, terms_);
  }
  std::vector<Incident> incidents() { return store_.snapshot()->incidents; }

  FailingStore store_;
  const store::Group portal_{"portal", {component("portal")}};
  Terms terms_{monitoring({}).policy};
  const std::vector<VoteChange> outage_{change("portal", State::up, at(0)),
                                        change("portal", State::down, at(10 * second)),
                                        change("portal", State::up, at(70 * second))};
};

TEST_F(Core, AnOutageOpensIsWatchedAndEndsEachAtItsOwnInstant) {
  const Replayed replayed = replay({{}, outage_, at(60 * minute)});
  EXPECT_FALSE(replayed.error);
  EXPECT_EQ(replayed.applied, 3U);
  EXPECT_FALSE(replayed.restless);
  EXPECT_TRUE(replayed.components_changed);
  ASSERT_THAT(incidents(), SizeIs(1));
  const Incident incident = incidents()[0];
  EXPECT_EQ(incident.impact_began, outage_[1].vote.verdict.since);
  EXPECT_EQ(incident.opened, at(10 * second));
  EXPECT_EQ(incident.mitigated, outage_[2].vote.verdict.since);
  EXPECT_EQ(incident.resolved, at(70 * second + 2 * minute));
  EXPECT_EQ(incident.status, Status::resolved);
}

TEST_F(Core, TellsWhatWasWrittenAndWhichUpdatesAreNew) {
  const Replayed replayed = replay({{}, outage_, at(60 * minute)});
  std::size_t known = 0;
  ASSERT_GE(replayed.written.size(), 3U);
  for (const Written& written : replayed.written) {
    EXPECT_EQ(written.known_updates, known);
    known = written.incident.updates.size();
    EXPECT_GT(known, written.known_updates);
  }
  EXPECT_EQ(replayed.written.back().incident, incidents()[0]);
}

TEST_F(Core, LookingAtEveryTickGivesTheSameIncidentAsLookingOnceAfterwards) {
  std::optional<Instant> looked;
  auto next = outage_.begin();
  for (std::int64_t now = 0; now < 10 * minute; now += 730) {
    Stretch stretch{looked, {}, at(now)};
    while (next != outage_.end() && next->at <= at(now)) stretch.changes.push_back(*next++);
    ASSERT_FALSE(replay(stretch).error);
    looked = at(now);
  }
  FailingStore afterwards;
  ASSERT_FALSE(
      reconcile::replay(afterwards, portal_, {at(0), outage_, at(10 * minute)}, terms_).error);
  EXPECT_EQ(incidents(), afterwards.snapshot()->incidents);
  EXPECT_THAT(incidents(), SizeIs(1));
}

TEST_F(Core, TwoOutagesFarApartAreTwoIncidentsThoughNobodyLookedBetweenThem) {
  std::vector<VoteChange> changes = outage_;
  changes.push_back(change("portal", State::down, at(50 * minute)));
  EXPECT_TRUE(replay({{}, changes, at(51 * minute)}).restless);
  ASSERT_THAT(incidents(), SizeIs(2));
  EXPECT_EQ(incidents()[1].resolved, at(70 * second + 2 * minute));
  EXPECT_EQ(incidents()[0].opened, at(50 * minute));
}

TEST_F(Core, WhatStoppedHalfWayGoesOnWhereItStopped) {
  for (int calls_that_go_well = 0; calls_that_go_well < 8; ++calls_that_go_well) {
    FailingStore store;
    // The calls before the trouble, then one that fails.
    Terms terms = terms_;
    int calls = 0;
    terms.decide = [&](const Situation& situation, const incident::Policy& policy, Instant now) {
      if (++calls > calls_that_go_well) store.fail(1);
      return incident::decide(situation, policy, now);
    };
    Replayed first = reconcile::replay(store, portal_, {at(0), outage_, at(10 * minute)}, terms);
    store.fail(0);
    const auto done = static_cast<std::ptrdiff_t>(first.applied);
    const Stretch rest{at(0), {outage_.begin() + done, outage_.end()}, at(10 * minute)};
    ASSERT_FALSE(reconcile::replay(store, portal_, rest, terms_).error);

    const auto found = store.snapshot()->incidents;
    ASSERT_THAT(found, SizeIs(1));
    EXPECT_EQ(found[0].opened, at(10 * second));
    EXPECT_EQ(found[0].resolved, at(70 * second + 2 * minute)) << calls_that_go_well;
  }
}

TEST_F(Core, AfterAnErrorNothingMoreIsAsked) {
  store_.fail(1);
  const Replayed replayed = replay({{}, outage_, at(60 * minute)});
  ASSERT_TRUE(replayed.error);
  EXPECT_EQ(replayed.applied, 0U);
  EXPECT_EQ(store_.calls(), 1);
}

TEST_F(Core, AnIncidentIsNotResolvedBeforeItWasWatchedForTheWholeWindow) {
  ASSERT_TRUE(store_.heartbeat("eu-west", at(0), at(80 * second)));
  replay({{}, outage_, at(80 * second)});
  // The program was away for an hour, then came back.
  ASSERT_TRUE(store_.heartbeat("eu-west", at(60 * minute), at(60 * minute)));
  EXPECT_TRUE(replay({{}, {}, at(60 * minute)}).restless);
  EXPECT_TRUE(replay({at(60 * minute), {}, at(62 * minute - 1)}).restless);
  EXPECT_FALSE(replay({at(62 * minute - 1), {}, at(65 * minute)}).restless);
  EXPECT_EQ(incidents()[0].resolved, at(62 * minute));
}

TEST_F(Core, ARestartInAMomentDoesNotBeginTheWindowAnew) {
  ASSERT_TRUE(store_.heartbeat("eu-west", at(0), at(80 * second)));
  replay({{}, outage_, at(80 * second)});
  const Instant back = at(80 * second) + store::silence_tolerated;
  ASSERT_TRUE(store_.heartbeat("eu-west", back, back));
  EXPECT_FALSE(replay({at(80 * second), {}, at(60 * minute)}).restless);
  EXPECT_EQ(incidents()[0].resolved, at(70 * second + 2 * minute));
}

TEST_F(Core, AnotherRegionThatWatchedDoesNotStandInForOneThatDidNot) {
  ASSERT_TRUE(store_.heartbeat("eu-west", at(0), at(80 * second)));
  replay({{}, outage_, at(80 * second)});
  ASSERT_TRUE(store_.heartbeat("us-east", at(0), at(60 * minute)));
  ASSERT_TRUE(store_.heartbeat("eu-west", at(60 * minute), at(60 * minute)));
  EXPECT_FALSE(replay({at(60 * minute), {}, at(65 * minute)}).restless);
  EXPECT_EQ(incidents()[0].resolved, at(62 * minute));
}

TEST_F(Core, WhatSomebodyElseChangedIsToldAsOfNow) {
  replay({{}, {change("portal", State::down, at(10 * second))}, at(80 * second)});
  const store::Group removed{"portal", {}};
  reconcile::replay(store_, removed, {at(80 * second), {}, at(100 * second)}, terms_);
  EXPECT_EQ(incidents()[0].resolved, at(100 * second));
}

TEST_F(Core, AClockThatWasPutBackDoesNotStopTheLooking) {
  const std::vector<VoteChange> down{change("portal", State::down, at(10 * second))};
  EXPECT_TRUE(replay({at(60 * minute), down, at(11 * second)}).restless);
  const int calls = store_.calls();
  EXPECT_TRUE(replay({at(60 * minute), {}, at(12 * second)}).restless);
  EXPECT_GT(store_.calls(), calls);
}

TEST_F(Core, ADecisionThatIsNeverContentEndsAllTheSame) {
  terms_.decide = [](const Situation& situation, const incident::Policy& policy, Instant now) {
    auto next = situation.open ? situation.open : incident::decide(situation, policy, now);
    if (next && situation.open) {
      const int sequence = static_cast<int>(next->updates.size()) + 1;
      next->updates.push_back(
          {sequence, now, Status::identified, "And another thing.", true, "agent", {}});
    }
    return next;
  };
  const Replayed replayed = replay({{}, {change("portal", State::down, at(0))}, at(10 * minute)});
  EXPECT_FALSE(replayed.error);
  EXPECT_LT(replayed.written.size(), 100U);
}

TEST(GroupsOf, JoinsComponentsUnderTheirGroup) {
  const auto groups =
      groups_of({component("cart", "Shop"), component("portal"), component("card", "Shop")});
  ASSERT_THAT(groups, SizeIs(2));
  EXPECT_THAT(groups.at("Shop").components, SizeIs(2));
  EXPECT_EQ(groups.at("portal").key, "portal");
}

}  // namespace
}  // namespace vedette::reconcile::test
