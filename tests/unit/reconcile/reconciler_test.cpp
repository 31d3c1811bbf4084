// SPDX-License-Identifier: Apache-2.0
// The reconciler over a real store that fails on command, in virtual time.
#include "agent/reconcile/reconciler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/reconcile/doubles.h"

namespace vedette::reconcile::test {
namespace {

using detect::State;
using incident::Incident;
using incident::Status;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::int64_t second = 1000;
constexpr std::int64_t minute = 60 * second;

class ReconcilerTest : public testing::Test {
 protected:
  void start(Limits limits = {}, std::int64_t now = 0) {
    reconciler_.emplace(
        worker_.submit(), [this](auto snapshot) { snapshots_.push_back(std::move(snapshot)); },
        monitored_, at(now), limits);
    tick(now);
  }
  void tick(std::int64_t now) {
    reconciler_->tick(at(now));
    worker_.run();
  }
  // A tick every second, from the second after `from`.
  void pass(std::int64_t from, std::int64_t to) {
    for (std::int64_t now = from + second; now <= to; now += second) tick(now);
  }
  void say(const std::string& component, State state, std::int64_t now) {
    reconciler_->on_change(change(component, state, at(now)));
    worker_.run();
  }
  std::vector<Incident> incidents() { return store_.snapshot()->incidents; }
  const store::Snapshot& newest() const { return *snapshots_.back(); }

  FailingStore store_;
  HandWorker worker_{store_};
  std::vector<std::shared_ptr<const store::Snapshot>> snapshots_;
  Monitored monitored_ = monitoring({component("portal"), component("cart", "Shop")});
  std::optional<Reconciler> reconciler_;
};

TEST_F(ReconcilerTest, ShowsEveryConfiguredComponentFromTheStart) {
  start();
  ASSERT_THAT(snapshots_, SizeIs(1));
  EXPECT_THAT(newest().components, SizeIs(2));
  EXPECT_THAT(newest().incidents, IsEmpty());
}

TEST_F(ReconcilerTest, OpensAndPublishesAtOnceThenResolvesByTime) {
  start();
  say("portal", State::down, 10 * second);
  ASSERT_THAT(newest().incidents, SizeIs(1));
  EXPECT_EQ(newest().incidents[0].opened, at(10 * second));
  EXPECT_EQ(reconciler_->backlog(), 0U);
  say("portal", State::up, 30 * second);
  EXPECT_EQ(newest().incidents[0].status, Status::monitoring);
  pass(30 * second, 3 * minute);
  EXPECT_EQ(newest().incidents[0].resolved, at(30 * second + 2 * minute));
}

TEST_F(ReconcilerTest, PublishesVotesWithinATickAndNothingWithoutNews) {
  start();
  say("portal", State::up, 10 * second);
  EXPECT_THAT(snapshots_, SizeIs(1));
  tick(11 * second);
  ASSERT_THAT(snapshots_, SizeIs(2));
  EXPECT_THAT(newest().heard_of, ElementsAre("portal"));
  pass(11 * second, minute);
  EXPECT_THAT(snapshots_, SizeIs(2));
}

TEST_F(ReconcilerTest, OneGroupIsOnItsWayOnceAtMostAndLosesNoOrder) {
  start({.tending = Duration(60 * minute)});
  tick(4 * second);  // maintenances are tended once at the beginning
  reconciler_->on_change(change("portal", State::down, at(4 * second)));
  EXPECT_EQ(worker_.waiting(), 1U);
  reconciler_->on_change(change("portal", State::up, at(5 * second)));
  reconciler_->on_change(change("portal", State::down, at(6 * second)));
  reconciler_->tick(at(6 * second));
  EXPECT_EQ(worker_.waiting(), 1U);
  EXPECT_EQ(reconciler_->backlog(), 3U);
  reconciler_->on_change(change("cart", State::down, at(6 * second)));
  EXPECT_EQ(worker_.waiting(), 2U);
  worker_.run();
  EXPECT_EQ(reconciler_->backlog(), 0U);
  ASSERT_THAT(incidents(), SizeIs(2));
  const auto found = incidents();
  const Incident& portal = found[0].group == "portal" ? found[0] : found[1];
  EXPECT_EQ(portal.opened, at(4 * second));
  EXPECT_NE(portal.status, Status::monitoring);
  EXPECT_GE(portal.updates.size(), 3U);
}

TEST_F(ReconcilerTest, AFullQueueIsTriedAgainAtTheNextTick) {
  start();
  worker_.set_capacity(0);
  say("portal", State::down, 10 * second);
  EXPECT_EQ(reconciler_->backlog(), 1U);
  worker_.set_capacity(1);
  pass(10 * second, 13 * second);
  ASSERT_THAT(incidents(), SizeIs(1));
  EXPECT_EQ(incidents()[0].opened, at(10 * second));
}

TEST_F(ReconcilerTest, NotMoreThanAFewGroupsAreOnTheirWayAtOnce) {
  start({.in_flight = 1});
  reconciler_->on_change(change("portal", State::down, at(10 * second)));
  reconciler_->on_change(change("cart", State::down, at(10 * second)));
  EXPECT_EQ(worker_.waiting(), 1U);
  worker_.run();
  EXPECT_THAT(incidents(), SizeIs(2));
}

TEST_F(ReconcilerTest, AnOutageThatBeganAndEndedWhileTheStoreWasAwayIsToldAfterwards) {
  start();
  store_.fail(1'000'000);
  say("portal", State::down, 10 * second);
  pass(10 * second, minute);
  say("portal", State::up, minute);
  pass(minute, 20 * minute);
  EXPECT_EQ(reconciler_->backlog(), 2U);
  store_.fail(0);
  pass(20 * minute, 21 * minute);
  EXPECT_EQ(reconciler_->backlog(), 0U);
  ASSERT_THAT(newest().incidents, SizeIs(1));
  EXPECT_EQ(newest().incidents[0].opened, at(10 * second));
  EXPECT_EQ(newest().incidents[0].resolved, at(3 * minute));
}

TEST_F(ReconcilerTest, ItMakesNoDifferenceWhichCallsFailed) {
  for (int failures = 0; failures < 25; ++failures) {
    FailingStore store;
    HandWorker worker(store);
    Reconciler reconciler(
        worker.submit(), [](auto) {}, monitored_, at(0));
    auto run_to = [&, now = std::int64_t{0}](std::int64_t to) mutable {
      for (; now <= to; now += second) {
        reconciler.tick(at(now));
        worker.run();
      }
    };
    run_to(9 * second);
    store.fail(failures);
    reconciler.on_change(change("portal", State::down, at(10 * second)));
    run_to(29 * second);
    reconciler.on_change(change("portal", State::up, at(30 * second)));
    run_to(10 * minute);
    store.fail(0);
    run_to(11 * minute);
    const auto found = store.snapshot()->incidents;
    ASSERT_THAT(found, SizeIs(1)) << failures;
    EXPECT_EQ(found[0].opened, at(10 * second)) << failures;
    EXPECT_EQ(found[0].resolved, at(30 * second + 2 * minute)) << failures;
    EXPECT_EQ(reconciler.backlog(), 0U) << failures;
  }
}

TEST_F(ReconcilerTest, AStoreThatIsAwayIsAskedLessAndLessOften) {
  start();
  store_.fail(1'000'000);
  say("portal", State::down, 10 * second);
  const int before = store_.calls();
  pass(10 * second, 10 * minute);
  const int attempts = store_.calls() - before;
  EXPECT_GE(attempts, 55);  // every ten seconds in the end
  EXPECT_LE(attempts, 70);
}

TEST_F(ReconcilerTest, AStoreThatIsAwayAtTheStartIsFoundLater) {
  store_.fail(4);
  start();
  EXPECT_THAT(snapshots_, IsEmpty());
  say("portal", State::down, second);
  pass(second, minute);
  ASSERT_FALSE(snapshots_.empty());
  EXPECT_EQ(newest().incidents.at(0).opened, at(second));
}

TEST_F(ReconcilerTest, ABugInOneGroupDoesNotHoldUpTheOthers) {
  start();
  store_.break_group("portal");
  say("portal", State::down, 10 * second);
  say("cart", State::down, 11 * second);
  pass(11 * second, minute);
  ASSERT_THAT(newest().incidents, SizeIs(1));
  EXPECT_EQ(newest().incidents[0].group, "Shop");
  store_.break_group("");
  pass(minute, 2 * minute);
  ASSERT_THAT(newest().incidents, SizeIs(2));
  EXPECT_EQ(newest().incidents[1].opened, at(10 * second));
}

TEST_F(ReconcilerTest, AStoreThatLostEverythingIsToldEverythingAnew) {
  start();
  say("portal", State::down, 10 * second);
  say("cart", State::up, 11 * second);
  pass(11 * second, minute);
  const Incident before = incidents()[0];
  store_.lose_everything();
  store_.fail(1);  // the replacement shows itself by an error
  pass(minute, 3 * minute);
  ASSERT_THAT(newest().incidents, SizeIs(1));
  EXPECT_EQ(newest().incidents[0].id, before.id);
  EXPECT_EQ(newest().incidents[0].opened, before.opened);
  EXPECT_THAT(newest().heard_of, ElementsAre("cart", "portal"));
}

TEST_F(ReconcilerTest, ARestartGoesOnWithTheSameIncident) {
  start();
  say("portal", State::down, 10 * second);
  const Incident before = incidents()[0];
  reconciler_.reset();

  start({}, 5 * minute);
  bool restored = false;
  reconciler_->restore([&](auto done) { restored = done.has_value(); });
  worker_.run();
  ASSERT_TRUE(restored);
  EXPECT_EQ(*reconciler_->verdict_of("portal-check"),
            change("portal", State::down, at(10 * second)).vote.verdict);
  EXPECT_EQ(reconciler_->verdict_of("cart-check"), nullptr);
  say("portal", State::up, 6 * minute);
  pass(6 * minute, 9 * minute);
  ASSERT_THAT(incidents(), SizeIs(1));
  EXPECT_EQ(incidents()[0].id, before.id);
  EXPECT_EQ(incidents()[0].resolved, at(8 * minute));
}

TEST_F(ReconcilerTest, AfterARestartAnIncidentIsWatchedForTheWholeWindowAgain) {
  start();
  say("portal", State::down, 10 * second);
  say("portal", State::up, 20 * second);
  reconciler_.reset();
  start({}, 30 * minute);
  pass(30 * minute, 32 * minute - second);
  EXPECT_TRUE(incidents()[0].is_open());
  pass(32 * minute - second, 33 * minute);
  EXPECT_EQ(incidents()[0].resolved, at(32 * minute));
}

TEST_F(ReconcilerTest, RestoringTellsTheStoresTrouble) {
  start();
  store_.fail(1);
  std::optional<store::Error> error;
  reconciler_->restore([&](auto done) { error = done.error(); });
  worker_.run();
  EXPECT_EQ(error->message, "told to fail");
  worker_.set_capacity(0);
  reconciler_->restore([&](auto done) { error = done.error(); });
  EXPECT_EQ(error->kind, store::Error::Kind::busy);
}

TEST_F(ReconcilerTest, AGroupThatWasRemovedHasItsIncidentEnded) {
  start();
  say("portal", State::down, 10 * second);
  reconciler_->apply(monitoring({component("cart", "Shop")}), at(20 * second));
  worker_.run();
  pass(20 * second, 5 * minute);
  ASSERT_THAT(incidents(), SizeIs(1));
  EXPECT_FALSE(incidents()[0].is_open());
  EXPECT_THAT(newest().components, SizeIs(1));
  EXPECT_THAT(newest().heard_of, IsEmpty());
  say("portal", State::down, 6 * minute);  // a late result
  pass(6 * minute, 7 * minute);
  EXPECT_THAT(newest().heard_of, IsEmpty());
}

TEST_F(ReconcilerTest, AReloadKeepsTheOpenIncidentAndTheVotesOfWhatStayed) {
  start();
  say("portal", State::down, 10 * second);
  const Incident before = incidents()[0];
  reconciler_->apply(monitoring({component("portal"), component("new")}), at(20 * second));
  worker_.run();
  pass(20 * second, minute);
  EXPECT_THAT(incidents(), ElementsAre(before));
  EXPECT_THAT(newest().heard_of, ElementsAre("portal"));
  EXPECT_EQ(newest().components[0].component, "new");
}

TEST_F(ReconcilerTest, AComponentThatFailsAndChangesItsGroupTakesItsIncidentAlong) {
  start();
  say("portal", State::down, 10 * second);
  reconciler_->apply(monitoring({component("portal", "Shop"), component("cart", "Shop")}),
                     at(20 * second));
  worker_.run();
  pass(20 * second, 5 * minute);
  ASSERT_THAT(incidents(), SizeIs(1));
  EXPECT_TRUE(incidents()[0].is_open());
  say("portal", State::up, 6 * minute);
  pass(6 * minute, 10 * minute);
  ASSERT_THAT(incidents(), SizeIs(1));
  EXPECT_FALSE(incidents()[0].is_open());
}

TEST_F(ReconcilerTest, AReloadWhileTheStoreIsAskedIsNotForgotten) {
  start();
  reconciler_->apply(monitoring({component("portal")}), at(second));
  reconciler_->apply(monitoring({component("cart")}), at(second));
  worker_.run();
  pass(second, 5 * second);
  ASSERT_THAT(newest().components, SizeIs(1));
  EXPECT_EQ(newest().components[0].component, "cart");
}

TEST_F(ReconcilerTest, BeyondItsBoundTheBacklogKeepsTheNewestVerdicts) {
  start({.backlog = 10});
  store_.fail(1'000'000);
  for (int i = 0; i < 500; ++i) {
    say("portal", i % 2 == 0 ? State::down : State::up, 10 * second + i);
    EXPECT_LE(reconciler_->backlog(), 10U);
  }
  say("portal", State::down, 11 * second);
  store_.fail(0);
  pass(11 * second, minute);
  EXPECT_EQ(reconciler_->backlog(), 0U);
  EXPECT_EQ(store_.votes("eu-west")->at(0).verdict.state, State::down);
  EXPECT_TRUE(newest().incidents.at(0).is_open());
}

TEST_F(ReconcilerTest, AHeartbeatFindsTroubleBeforeItMatters) {
  start();
  pass(0, minute);
  EXPECT_GE(store_.heartbeats(), 6);
  EXPECT_LE(store_.heartbeats(), 8);
  store_.fail(1);
  const int calls = store_.calls();
  pass(minute, minute + 12 * second);
  EXPECT_GT(store_.calls(), calls + 4);  // it was noticed, and the store asked what it knows
}

TEST_F(ReconcilerTest, AClockThatWasPutBackStopsNothing) {
  start({}, 60 * minute);
  pass(60 * minute, 61 * minute);
  const int heartbeats = store_.heartbeats();
  store_.fail(1);
  tick(61 * minute + second);
  pass(0, minute);
  EXPECT_GT(store_.heartbeats(), heartbeats + 4);
  say("portal", State::down, minute);
  say("portal", State::up, 2 * minute);
  pass(2 * minute, 5 * minute);
  EXPECT_EQ(incidents().at(0).resolved, at(4 * minute));
}

TEST_F(ReconcilerTest, OfTheTimeInWhichTheMachineWasSuspendedNothingIsKnown) {
  start();
  pass(0, minute);
  pass(60 * minute, 61 * minute);
  const auto gaps = store_.snapshot()->gaps;
  ASSERT_THAT(gaps, SizeIs(1));
  EXPECT_GE(gaps[0].began, at(50 * second));
  EXPECT_EQ(gaps[0].ended, at(60 * minute + second));
}

TEST_F(ReconcilerTest, OfTheTimeInWhichOnlyTheStoreWasAwayEverythingIsKnown) {
  start();
  pass(0, minute);
  store_.fail(1'000'000);
  pass(minute, 30 * minute);
  store_.fail(0);
  pass(30 * minute, 31 * minute);
  EXPECT_THAT(store_.snapshot()->gaps, IsEmpty());
}

TEST_F(ReconcilerTest, NobodyIsCalledAfterItsEnd) {
  start();
  const std::size_t snapshots = snapshots_.size();
  reconciler_->on_change(change("portal", State::down, at(second)));
  reconciler_->restore([](auto) { FAIL(); });
  reconciler_.reset();
  worker_.run();
  EXPECT_EQ(snapshots_.size(), snapshots);
  EXPECT_THAT(incidents(), SizeIs(1));  // what was on its way is finished
}

}  // namespace
}  // namespace vedette::reconcile::test
