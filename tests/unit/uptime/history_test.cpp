// SPDX-License-Identifier: Apache-2.0
#include "agent/uptime/history.h"

#include <gtest/gtest.h>

namespace vedette::uptime {
namespace {

using namespace std::chrono_literals;

constexpr Day day{std::chrono::year{2026} / 11 / 8};

Instant at(Duration since_midnight) {
  return Instant(day) + since_midnight;
}

History calm(Instant began) {
  return {began, {}, {{began, Condition::operational}}};
}

TEST(Spent, TimeGoesToTheConditionThatHeldThen) {
  const std::vector<Stretch> stretches{{at(1h), Condition::operational},
                                       {at(2h), Condition::major_outage},
                                       {at(2h + 30min), Condition::operational}};
  const auto sum = spent(stretches, {}, at(0h), at(4h));
  EXPECT_EQ(sum[Condition::operational], 2h + 30min);
  EXPECT_EQ(sum[Condition::major_outage], 30min);
  EXPECT_EQ(sum.total(), 3h) << "what lies before the first stretch counts for nothing";
}

TEST(Spent, AWindowInsideOneStretchSeesOnlyThat) {
  const std::vector<Stretch> stretches{{at(0h), Condition::operational},
                                       {at(1h), Condition::partial_outage},
                                       {at(9h), Condition::operational}};
  const auto sum = spent(stretches, {}, at(2h), at(3h));
  EXPECT_EQ(sum[Condition::partial_outage], 1h);
  EXPECT_EQ(sum.total(), 1h);
}

TEST(Spent, WhereNobodyLookedItIsUnknownWhateverItWasBefore) {
  const std::vector<Stretch> stretches{{at(0h), Condition::operational},
                                       {at(2h), Condition::major_outage}};
  const std::vector<Gap> gaps{{at(1h), at(3h)}};
  const auto sum = spent(stretches, gaps, at(0h), at(4h));
  EXPECT_EQ(sum[Condition::operational], 1h);
  EXPECT_EQ(sum[Condition::major_outage], 1h);
  EXPECT_EQ(sum[Condition::unknown], 2h);
  EXPECT_EQ(sum.known(), 2h);
}

TEST(SpentOn, AStretchOverMidnightCountsOnBothDays) {
  History history = calm(at(0h));
  history.stretches.push_back({at(23h), Condition::degraded_performance});
  history.stretches.push_back({at(26h), Condition::operational});
  const auto now = at(48h);
  EXPECT_EQ(spent_on(history, {}, day, now)[Condition::degraded_performance], 1h);
  EXPECT_EQ(spent_on(history, {}, day + std::chrono::days(1), now)[Condition::degraded_performance],
            2h);
}

TEST(SpentOn, TodayEndsNow) {
  EXPECT_EQ(spent_on(calm(at(0h)), {}, day, at(5h)).total(), 5h);
  EXPECT_EQ(spent_on(calm(at(0h)), {}, day + std::chrono::days(1), at(5h)).total(), 0h);
}

TEST(SpentOn, TheDayOnWhichTheHistoryBeganIsShorter) {
  EXPECT_EQ(spent_on(calm(at(20h)), {}, day, at(30h)).total(), 4h);
  EXPECT_EQ(spent_on(calm(at(20h)), {}, day - std::chrono::days(1), at(30h)).total(), 0h);
  EXPECT_EQ(spent_on({}, {}, day, at(30h)).total(), 0h);
}

TEST(SpentOn, ASummedUpDayIsAsWrittenOrWhollyOperational) {
  History history{at(-100h), {}, {{at(0h), Condition::operational}}};
  Spent bad;
  bad[Condition::major_outage] = 1h;
  bad[Condition::operational] = 23h;
  history.past_days[day - std::chrono::days(2)] = bad;
  const auto now = at(1h);
  EXPECT_EQ(spent_on(history, {}, day - std::chrono::days(2), now), bad);
  EXPECT_EQ(spent_on(history, {}, day - std::chrono::days(1), now)[Condition::operational], 24h);
  EXPECT_EQ(spent_on(history, {}, day - std::chrono::days(9), now).total(), 0h);
}

TEST(Availability, WhatIsUnknownIsNoPartOfIt) {
  Spent sum;
  sum[Condition::operational] = 9h;
  sum[Condition::major_outage] = 1h;
  sum[Condition::unknown] = 90h;
  EXPECT_DOUBLE_EQ(*availability(sum), 0.9);
  Spent dark;
  dark[Condition::unknown] = 9h;
  EXPECT_EQ(availability(dark), std::nullopt);
  EXPECT_EQ(availability({}), std::nullopt);
}

TEST(Availability, APartialOutageCountsForAThirdAndSlownessForNothing) {
  Spent sum;
  sum[Condition::operational] = 7h;
  sum[Condition::partial_outage] = 1h;
  sum[Condition::degraded_performance] = 1h;
  sum[Condition::under_maintenance] = 1h;
  EXPECT_DOUBLE_EQ(*availability(sum), 0.97);
}

TEST(MarkOf, TheWorstOutageTellsMost) {
  Spent sum;
  EXPECT_EQ(mark_of(sum), std::nullopt);
  sum[Condition::unknown] = 3h;
  EXPECT_EQ(mark_of(sum), Condition::unknown);
  sum[Condition::operational] = 3h;
  EXPECT_EQ(mark_of(sum), Condition::operational);
  sum[Condition::under_maintenance] = 1min;
  EXPECT_EQ(mark_of(sum), Condition::under_maintenance);
  sum[Condition::degraded_performance] = 1min;
  EXPECT_EQ(mark_of(sum), Condition::degraded_performance);
  sum[Condition::partial_outage] = 1min;
  EXPECT_EQ(mark_of(sum), Condition::partial_outage);
  sum[Condition::major_outage] = 1ms;
  EXPECT_EQ(mark_of(sum), Condition::major_outage);
}

TEST(Conditions, EachHasItsOwnWord) {
  for (const auto condition : all_conditions) {
    EXPECT_EQ(parse_condition(text(condition)), condition);
  }
  EXPECT_EQ(parse_condition("up"), std::nullopt);
}

}  // namespace
}  // namespace vedette::uptime
