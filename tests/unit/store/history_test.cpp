// SPDX-License-Identifier: Apache-2.0
// How every backend keeps account of the time that components spend in their conditions.
#include <gmock/gmock.h>

#include "tests/unit/store/samples.h"
#include "tests/unit/store/store_test.h"

namespace vedette::store::test {
namespace {

using detect::State;
using incident::ComponentStatus;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using uptime::Condition;
using uptime::Gap;
using uptime::Stretch;

constexpr std::int64_t minute = 60'000;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t day = 24 * hour;

class HistoryTest : public StoreTest {
 protected:
  void SetUp() override {
    ASSERT_NO_FATAL_FAILURE(StoreTest::SetUp());
    ASSERT_TRUE(store_->retain("eu-west", {"login"}, portal_.components, at(0)));
    beat(0);
  }
  // The vote was settled at `now`, and stands since three seconds before.
  void say(State state, std::int64_t now, const std::string& region = "eu-west") {
    auto said = vote("login", "portal", state, at(now));
    said.region = region;
    beat(now, 0, region);  // votes count as long as their agent is heard of
    ASSERT_TRUE(store_->reconcile(portal_, {said}, nothing(), at(now)));
  }
  bool beat(std::int64_t now, std::int64_t since, const std::string& region = "eu-west") {
    const auto beaten = store_->heartbeat(region, at(since), at(now));
    EXPECT_TRUE(beaten) << beaten.error().message;
    return beaten.value_or(false);
  }
  bool beat(std::int64_t now) { return beat(now, 0); }
  uptime::History history() {
    const auto taken = store_->snapshot();
    EXPECT_TRUE(taken) << taken.error().message;
    return taken->histories.at("portal");
  }
  std::vector<Gap> gaps() { return store_->snapshot()->gaps; }

  const Group portal_ = group_of({component("portal")});
};

TEST_P(HistoryTest, BeginsUnknown) {
  EXPECT_EQ(history().began, at(0));
  EXPECT_THAT(history().stretches, ElementsAre(Stretch{at(0), Condition::unknown}));
}

TEST_P(HistoryTest, AConditionBeginsWithTheFirstSampleThatSpokeForIt) {
  say(State::up, 10'000);
  say(State::down, hour);
  say(State::up, 2 * hour);
  EXPECT_THAT(
      history().stretches,
      ElementsAre(Stretch{at(0), Condition::unknown}, Stretch{at(7'000), Condition::operational},
                  Stretch{at(hour - 3000), Condition::major_outage},
                  Stretch{at(2 * hour - 3000), Condition::operational}));
}

TEST_P(HistoryTest, WhatCannotBeSeenIsUnknownWhateverThePageShows) {
  say(State::down, minute);
  say(State::unknown, 2 * minute);
  EXPECT_EQ(store_->snapshot()->components.at(0).status, ComponentStatus::major_outage);
  EXPECT_EQ(history().stretches.back(), (Stretch{at(2 * minute - 3000), Condition::unknown}));
}

TEST_P(HistoryTest, AShortRestartIsNoGap) {
  beat(hour);
  beat(hour + minute, hour + minute);
  EXPECT_THAT(gaps(), IsEmpty());
}

TEST_P(HistoryTest, WhenNobodyLookedThereIsAGap) {
  beat(hour);
  beat(3 * hour, 3 * hour - 10);
  EXPECT_THAT(gaps(), ElementsAre(Gap{at(hour), at(3 * hour - 10)}));
}

TEST_P(HistoryTest, AStoreThatWasAwayIsNoGapWhenTheAgentLookedMeanwhile) {
  beat(hour);
  beat(3 * hour, 0);
  EXPECT_THAT(gaps(), IsEmpty());
}

TEST_P(HistoryTest, AnotherAgentThatLookedMeanwhileLeavesNoGap) {
  beat(hour);
  for (auto now = hour; now <= 3 * hour; now += minute) beat(now, 0, "us-east");
  beat(3 * hour, 3 * hour);
  EXPECT_THAT(gaps(), IsEmpty());
}

TEST_P(HistoryTest, OfARegionThatFellSilentNothingIsKnownFromThenOn) {
  say(State::up, minute);
  beat(2 * minute);
  EXPECT_FALSE(beat(7 * minute, 0, "us-east")) << "votes count for five minutes";
  EXPECT_TRUE(beat(8 * minute, 0, "us-east"));
  EXPECT_FALSE(beat(9 * minute, 0, "us-east")) << "no news the second time";
  EXPECT_EQ(history().stretches.back(), (Stretch{at(2 * minute), Condition::unknown}));

  // It is back, and its verdict of before the silence counts from now on, not for the time between.
  beat(20 * minute);
  ASSERT_TRUE(store_->reconcile(portal_, {}, nothing(), at(20 * minute)));
  EXPECT_EQ(history().stretches.back(), (Stretch{at(20 * minute), Condition::operational}));
}

TEST_P(HistoryTest, OldDaysBecomeSums) {
  say(State::up, 10'000);
  say(State::down, 2 * hour + 3000);
  say(State::up, 3 * hour + 3000);
  for (std::int64_t now = 4 * hour; now <= 6 * day; now += minute) beat(now);
  // The history began at 10:00 on the first day.
  const auto first = std::chrono::floor<std::chrono::days>(at(0));
  const auto kept = history();
  ASSERT_THAT(kept.past_days, SizeIs(1)) << "days without trouble need no row";
  const auto& sum = kept.past_days.at(first);
  EXPECT_EQ(sum[Condition::major_outage], std::chrono::hours(1));
  EXPECT_EQ(sum[Condition::unknown], std::chrono::seconds(7));
  EXPECT_EQ(sum.total(), std::chrono::hours(14));
  EXPECT_THAT(kept.stretches,
              ElementsAre(Stretch{first + std::chrono::days(4), Condition::operational}));
  EXPECT_EQ(kept.began, at(0));
}

TEST_P(HistoryTest, AGapIsInTheSumsOfItsDays) {
  say(State::up, 10'000);
  beat(hour);
  beat(10 * day, 10 * day);
  const auto kept = history();
  const auto second = std::chrono::floor<std::chrono::days>(at(day));
  EXPECT_EQ(kept.past_days.at(second)[Condition::unknown], std::chrono::hours(24));
  EXPECT_THAT(gaps(), SizeIs(1)) << "of the newest days it is still needed";
}

TEST_P(HistoryTest, IsForgottenAfterAHundredDays) {
  say(State::down, 10'000);
  beat(hour);
  beat(200 * day, 200 * day);
  EXPECT_THAT(history().past_days, SizeIs(100));
}

TEST_P(HistoryTest, GoesWithItsComponent) {
  say(State::up, 10'000);
  ASSERT_TRUE(store_->retain("eu-west", {}, {component("other")}, at(hour)));
  EXPECT_THAT(store_->snapshot()->histories, SizeIs(1));
  ASSERT_TRUE(store_->retain("eu-west", {}, portal_.components, at(2 * hour)));
  EXPECT_THAT(history().stretches, ElementsAre(Stretch{at(2 * hour), Condition::unknown}));
  EXPECT_EQ(history().began, at(2 * hour));
}

TEST_P(HistoryTest, SightingsTellEachRegionsOwnView) {
  say(State::up, minute);
  say(State::down, minute, "us-east");
  beat(2 * minute);
  beat(2 * minute, 0, "us-east");
  EXPECT_THAT(store_->snapshot()->sightings,
              ElementsAre(Sighting{"portal", "eu-west", ComponentStatus::operational},
                          Sighting{"portal", "us-east", ComponentStatus::major_outage}));
  beat(10 * minute);
  EXPECT_EQ(store_->snapshot()->sightings.at(1).status, std::nullopt);
}

class ChapterTest : public HistoryTest {
 protected:
  void open(const std::string& id, std::int64_t when) {
    const auto incident = continued(incident_in("portal", id, at(when)), incident::Status::resolved,
                                    at(when + minute));
    ASSERT_TRUE(store_->reconcile(portal_, {}, always(incident), at(when)));
  }
  std::vector<std::string> ids(const ChapterKey& key) {
    std::vector<std::string> found;
    const auto chapter = *store_->chapter(key);
    for (const auto& incident : chapter.incidents) found.push_back(incident.id);
    return found;
  }
};

TEST_P(ChapterTest, HoldsThoseOpenedInItsTimeNewestFirst) {
  open("aaaaaaaaaaaa", 0);
  open("bbbbbbbbbbbb", day);
  open("cccccccccccc", 2 * day);
  EXPECT_THAT(ids({at(0), at(2 * day), 0, 10}), ElementsAre("bbbbbbbbbbbb", "aaaaaaaaaaaa"));
  EXPECT_THAT(ids({at(0), at(9 * day), 1, 1}), ElementsAre("bbbbbbbbbbbb"));
  const auto chapter = *store_->chapter({at(day), at(9 * day), 0, 1});
  EXPECT_EQ(chapter.total, 2U);
  EXPECT_EQ(chapter.oldest, at(0));
  EXPECT_EQ(store_->chapter({at(0), at(1), 0, 1})->incidents.at(0).updates.size(), 3U);
}

TEST_P(ChapterTest, AnEmptyOneHasNoOldest) {
  const auto chapter = *store_->chapter({at(0), at(9 * day), 0, 10});
  EXPECT_EQ(chapter.total, 0U);
  EXPECT_EQ(chapter.oldest, std::nullopt);
}

TEST_P(ChapterTest, OutlinesReachNinetyDaysBack) {
  open("aaaaaaaaaaaa", 0);
  open("bbbbbbbbbbbb", 5 * day);
  beat(91 * day);
  const auto outlines = store_->snapshot()->outlines;
  ASSERT_THAT(outlines, SizeIs(1));
  EXPECT_EQ(outlines[0].id, "bbbbbbbbbbbb");
  EXPECT_THAT(outlines[0].components, ElementsAre("portal", "payments"));
  EXPECT_EQ(outlines[0].resolved, at(5 * day + minute));
}

INSTANTIATE_TEST_SUITE_P(Store, HistoryTest, testing::ValuesIn(all_backends()),
                         testing::PrintToStringParamName());
INSTANTIATE_TEST_SUITE_P(Store, ChapterTest, testing::ValuesIn(all_backends()),
                         testing::PrintToStringParamName());

}  // namespace
}  // namespace vedette::store::test
