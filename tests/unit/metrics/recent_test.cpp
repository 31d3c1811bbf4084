// SPDX-License-Identifier: Apache-2.0
#include "agent/metrics/recent.h"

#include <gmock/gmock.h>

namespace vedette::metrics {
namespace {

using namespace std::chrono_literals;
using testing::IsEmpty;
using testing::SizeIs;

const Instant noon = std::chrono::sys_days(std::chrono::year{2026} / 11 / 8) + 12h;

TEST(Recent, BeginsEmpty) {
  const Recent recent;
  EXPECT_THAT(recent.newest(), IsEmpty());
  EXPECT_THAT(recent.last_day(noon), IsEmpty());
}

TEST(Recent, KeepsTheNewestRunsInTheirOrder) {
  Recent recent;
  for (int run = 0; run < 100; ++run) {
    recent.record(run == 99 ? Outcome::fail : Outcome::pass, noon, Microseconds(run));
  }
  const auto newest = recent.newest();
  ASSERT_THAT(newest, SizeIs(Recent::newest_kept));
  EXPECT_EQ(newest.front().took, 40us);
  EXPECT_EQ(newest.back().took, 99us);
  EXPECT_EQ(newest.back().outcome, Outcome::fail);
  EXPECT_EQ(newest.front().outcome, Outcome::pass);
}

TEST(Recent, SumsUpByTheHour) {
  Recent recent;
  recent.record(Outcome::pass, noon, 10ms);
  recent.record(Outcome::degraded, noon + 59min, 30ms);
  recent.record(Outcome::unknown, noon + 59min, 9s);
  recent.record(Outcome::fail, noon + 60min, 5ms);
  const auto day = recent.last_day(noon + 2h);
  ASSERT_THAT(day, SizeIs(2));
  EXPECT_EQ(day[0].began, noon);
  EXPECT_EQ(day[0].passed, 1U);
  EXPECT_EQ(day[0].degraded, 1U);
  EXPECT_EQ(day[0].unknown, 1U);
  EXPECT_NEAR(static_cast<double>(day[0].mean.count()), 20'000, 5);
  EXPECT_NEAR(static_cast<double>(day[0].longest.count()), 30'000, 30);
  EXPECT_EQ(day[1].failed, 1U);
}

TEST(Recent, WhatIsOlderThanADayIsNotShownAndItsPlaceIsUsedAgain) {
  Recent recent;
  recent.record(Outcome::fail, noon, 10ms);
  EXPECT_THAT(recent.last_day(noon + 23h), SizeIs(1));
  EXPECT_THAT(recent.last_day(noon + 24h), IsEmpty());
  recent.record(Outcome::pass, noon + 24h, 10ms);
  const auto day = recent.last_day(noon + 24h);
  ASSERT_THAT(day, SizeIs(1));
  EXPECT_EQ(day[0].failed, 0U);
  EXPECT_EQ(day[0].passed, 1U);
}

TEST(Recent, AClockThatWasPutBackBeginsTheSlotAnew) {
  Recent recent;
  recent.record(Outcome::fail, noon, 10ms);
  recent.record(Outcome::pass, noon - 24h, 10ms);
  EXPECT_THAT(recent.last_day(noon), IsEmpty());
  EXPECT_THAT(recent.last_day(noon - 24h), SizeIs(1));
}

TEST(Recent, CountsAreBounded) {
  Recent recent;
  for (int run = 0; run < 70'000; ++run) recent.record(Outcome::unknown, noon, 20min);
  EXPECT_EQ(recent.last_day(noon)[0].unknown, 65'535U);
  EXPECT_LT(recent.newest().back().took, 18min);
}

}  // namespace
}  // namespace vedette::metrics
