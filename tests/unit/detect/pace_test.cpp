// SPDX-License-Identifier: Apache-2.0
// Days of runs in virtual time.
#include "agent/detect/pace.h"

#include <concepts>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vedette::detect {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr Slower defaults{.on = true};

class PaceTest : public testing::Test {
 protected:
  // Runs once a minute for so long; how long each takes follows from its instant.
  template <std::invocable<Instant> Took>
  void run(Duration lasting, Took took) {
    for (const Instant end = now_ + lasting; now_ < end; now_ += 1min) {
      const bool was_slow = !pace_.slow().empty();
      pace_.feed(now_, took(now_));
      if (was_slow != !pace_.slow().empty()) turns_.push_back(now_);
    }
  }
  void run(Duration lasting, Microseconds took) {
    run(lasting, [took](Instant) { return took; });
  }

  Instant now_{std::chrono::sys_days{std::chrono::year{2026} / 11 / 1}};
  Pace pace_{defaults};
  std::vector<Instant> turns_;  // when it became slow, and when no more
};

TEST_F(PaceTest, WithoutEnoughDaysThereIsNoUsual) {
  run(60h, 100ms);
  run(2h, 900ms);
  EXPECT_THAT(pace_.slow(), IsEmpty());
  EXPECT_THAT(pace_.account(), HasSubstr("not enough history"));
}

TEST_F(PaceTest, TwiceAsSlowAsOnTheDaysBeforeIsSaidAfterTwoWindows) {
  run(96h, 100ms);
  EXPECT_THAT(pace_.account(), HasSubstr("usually 100 ms"));
  const Instant began = now_;
  run(31min, 200ms);
  EXPECT_EQ(pace_.slow(), "it takes 200 ms, usually 100 ms at this time of day");
  ASSERT_THAT(turns_, testing::SizeIs(1));
  EXPECT_EQ(turns_[0] - began, 30min);
}

TEST_F(PaceTest, OneSlowWindowAndSingleSlowRunsAreNothing) {
  run(96h, 100ms);
  run(15min, 300ms);
  run(4h,
      [](Instant at) -> Microseconds { return at.time_since_epoch() % 5min == 0ms ? 5s : 100ms; });
  EXPECT_THAT(turns_, IsEmpty());
}

TEST_F(PaceTest, ItEndsAfterTwoWindowsAsUsual) {
  run(96h, 100ms);
  run(2h, 300ms);
  ASSERT_THAT(pace_.slow(), Not(IsEmpty()));
  const Instant ended = now_;
  run(31min, 100ms);
  EXPECT_THAT(pace_.slow(), IsEmpty());
  EXPECT_EQ(turns_.back() - ended, 30min);
}

TEST_F(PaceTest, AroundItsLimitItDoesNotComeAndGo) {
  run(96h, 100ms);
  run(24h, [](Instant at) -> Microseconds {
    return at.time_since_epoch() / Pace::window % 4 < 2 ? 160ms : 140ms;
  });
  EXPECT_THAT(turns_, testing::SizeIs(1));
}

TEST_F(PaceTest, WhatIsSlowEveryNightIsUsualThere) {
  const auto nightly = [](Instant at) -> Microseconds {
    const auto hour = at.time_since_epoch() % 24h;
    return hour >= 2h && hour < 4h ? 800ms : 100ms;
  };
  run(10 * 24h, nightly);
  EXPECT_THAT(turns_, IsEmpty()) << "the first nights are without history";
  run(13h, nightly);
  run(2h, 800ms);
  EXPECT_THAT(pace_.slow(), HasSubstr("usually 100 ms")) << "at noon it is not usual";
}

TEST_F(PaceTest, NoiseOfTwoWeeksIsNoAlarm) {
  std::mt19937 random{1};
  std::lognormal_distribution<> took(std::log(120'000.0), 0.6);
  run(14 * 24h, [&](Instant) { return Microseconds(static_cast<std::int64_t>(took(random))); });
  EXPECT_THAT(turns_, IsEmpty());
}

TEST_F(PaceTest, WhatStaysSlowIsUsualAfterAWeek) {
  run(13 * 24h, 100ms);
  run(5 * 24h, 300ms);
  EXPECT_THAT(pace_.slow(), Not(IsEmpty()));
  run(3 * 24h, 300ms);
  EXPECT_THAT(pace_.slow(), IsEmpty());
}

TEST_F(PaceTest, FewMillisecondsMoreAreNothingHoweverManyTimes) {
  run(96h, 2ms);
  run(2h, 40ms);
  EXPECT_THAT(turns_, IsEmpty());
}

TEST_F(PaceTest, RareRunsAreNotEnoughForAMedianAndFrequentOnesAreBounded) {
  run(96h, 100ms);
  for (int i = 0; i < 8; ++i, now_ += 15min) pace_.feed(now_, 900ms);
  EXPECT_THAT(pace_.slow(), IsEmpty());
  for (int i = 0; i < 100'000; ++i, now_ += 20ms) pace_.feed(now_, 900ms);
  run(15min, 900ms);
  EXPECT_THAT(pace_.slow(), HasSubstr("900 ms"));
}

TEST_F(PaceTest, GoesOnAfterARestartAndAfterAPause) {
  run(96h, 100ms);
  const auto memory = pace_.memory();
  EXPECT_LT(memory.size(), 4096U);
  pace_ = Pace(defaults, memory);
  now_ += 5h;
  run(31min, 200ms);
  EXPECT_THAT(pace_.slow(), HasSubstr("usually 100 ms"));
}

TEST_F(PaceTest, AFullMemoryIsBoundedAndReadBackAsItWas) {
  run(20 * 24h, 100ms);
  const auto memory = pace_.memory();
  EXPECT_LE(memory.size(), 4096U);
  EXPECT_EQ(Pace(defaults, memory).memory(), memory);
}

TEST_F(PaceTest, AMemoryThatCannotBeReadIsForgotten) {
  for (const auto* broken :
       {"", "{", "7", "{}", R"({"last": "x", "medians": ""})", R"({"last": 5, "medians": "?"})",
        R"({"last": 1, "medians": "AAAAAAAA"})", R"({"last": -5, "medians": ""})",
        R"({"last": 9223372036854775807, "medians": "AAEAAQ=="})"})
    EXPECT_THAT(Pace(defaults, broken).account(), HasSubstr("not enough history")) << broken;
}

TEST_F(PaceTest, AClockThatWasFarAheadDoesNotStopItForEver) {
  run(96h, 100ms);
  const Instant right = now_;
  now_ += 5 * 365 * 24h;
  run(1h, 100ms);
  now_ = right;
  run(96h, 100ms);
  run(31min, 200ms);
  EXPECT_THAT(pace_.slow(), HasSubstr("usually 100 ms"));
}

TEST_F(PaceTest, HistoryOfLongAgoIsForgotten) {
  run(96h, 100ms);
  now_ += 30 * 24h;
  run(2h, 900ms);
  EXPECT_THAT(pace_.slow(), IsEmpty());
}

}  // namespace
}  // namespace vedette::detect
