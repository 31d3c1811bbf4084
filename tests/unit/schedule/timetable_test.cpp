// SPDX-License-Identifier: Apache-2.0
#include "agent/schedule/timetable.h"

#include <array>
#include <string>

#include <gtest/gtest.h>

namespace vedette::schedule {
namespace {

using namespace std::chrono_literals;

constexpr Steady::time_point origin{1h};

TEST(Timetable, FirstStartLiesWithinOneInterval) {
  for (int i = 0; i < 1000; ++i) {
    const Timetable table("check-" + std::to_string(i), 30s, origin, 0.999);
    EXPECT_GE(table.due(), origin);
    EXPECT_LT(table.due(), origin + 30s);
  }
}

TEST(Timetable, FirstStartsSpreadEvenlyOverTheInterval) {
  std::array<int, 30> per_second{};
  for (int i = 0; i < 3000; ++i) {
    const Timetable table("check-" + std::to_string(i), 30s, origin);
    ++per_second.at(static_cast<std::size_t>((table.due() - origin) / 1s));
  }
  for (const int count : per_second) {
    EXPECT_GT(count, 50);
    EXPECT_LT(count, 150);
  }
}

TEST(Timetable, TheSameNameStandsAtTheSameOffsetAfterARestart) {
  const Timetable before("login", 30s, origin);
  const Timetable after("login", 30s, origin + 300s);
  EXPECT_EQ(before.due() - origin, after.due() - (origin + 300s));
}

TEST(Timetable, SlotsAreOneIntervalApartHoweverLateTheStart) {
  Timetable table("login", 30s, origin);
  const auto first = table.due();
  EXPECT_EQ(table.advance(first + 700ms), 0);
  EXPECT_EQ(table.due(), first + 30s);
}

TEST(Timetable, MissedSlotsAreCountedAndNotMadeUpFor) {
  Timetable table("login", 30s, origin);
  const auto first = table.due();
  EXPECT_EQ(table.advance(first + 95s), 3);
  EXPECT_EQ(table.due(), first + 120s);
}

TEST(Timetable, AConfirmationComesBeforeTheNextSlotAndLeavesTheSlotsInPlace) {
  Timetable table("login", 30s, origin);
  const auto first = table.due();
  table.advance(first);
  table.confirm(first + 3s);
  EXPECT_EQ(table.due(), first + 3s);
  EXPECT_EQ(table.advance(first + 3s), 0);
  EXPECT_EQ(table.due(), first + 30s);
}

TEST(Timetable, AConfirmationAfterTheNextSlotIsReplacedByThatSlot) {
  Timetable table("login", 2s, origin);
  const auto first = table.due();
  table.advance(first);
  table.confirm(first + 3s);
  EXPECT_EQ(table.due(), first + 2s);
  table.advance(first + 2s);
  EXPECT_EQ(table.due(), first + 4s);
}

TEST(Timetable, ALateConfirmationCountsEverySlotItOverran) {
  Timetable table("login", 10s, origin);
  const auto first = table.due();
  table.advance(first);
  table.confirm(first + 3s);
  EXPECT_EQ(table.advance(first + 25s), 2);
  EXPECT_EQ(table.due(), first + 30s);
}

TEST(Timetable, HurriesAtOnceAndThenAtItsPaceUntilThatIsOver) {
  Timetable table("login", 1h, origin);
  const auto first = table.due();
  table.advance(first);
  const auto change = first + 10min;
  table.hurry(change, {.every = 5s, .lasting = 12s});
  for (const auto at : {change, change + 5s, change + 10s}) {
    EXPECT_EQ(table.due(), at);
    EXPECT_EQ(table.advance(at), 0);
  }
  EXPECT_EQ(table.due(), first + 1h) << "the slots stay where they are";
}

TEST(Timetable, APaceWithoutDurationIsOneRun) {
  Timetable table("login", 1h, origin);
  const auto first = table.due();
  table.advance(first);
  table.hurry(first + 1min, {.every = 5s, .lasting = 0s});
  EXPECT_EQ(table.due(), first + 1min);
  table.advance(first + 1min);
  EXPECT_EQ(table.due(), first + 1h);
}

TEST(Timetable, APaceSlowerThanTheIntervalTakesNoRunAway) {
  Timetable table("login", 2s, origin);
  const auto first = table.due();
  table.advance(first);
  table.hurry(first + 1s, {.every = 5s, .lasting = 1min});
  table.advance(first + 1s);
  for (int slot = 1; slot <= 5; ++slot) {
    EXPECT_EQ(table.due(), first + slot * 2s);
    table.advance(table.due());
  }
}

TEST(Timetable, AConfirmationComesBeforeTheNextRunOfThePace) {
  Timetable table("login", 1h, origin);
  const auto first = table.due();
  table.advance(first);
  table.hurry(first + 1min, {.every = 5s, .lasting = 1min});
  table.advance(first + 1min);
  table.confirm(first + 1min + 3s);
  EXPECT_EQ(table.due(), first + 1min + 3s);
  table.confirm(first + 1min + 4s);
  EXPECT_EQ(table.due(), first + 1min + 3s);
}

TEST(Timetable, ARunThatTookLongerThanThePaceIsFollowedAtOnce) {
  Timetable table("login", 1h, origin);
  const auto first = table.due();
  table.advance(first);
  table.hurry(first + 1min, {.every = 5s, .lasting = 1min});
  table.advance(first + 1min);
  EXPECT_EQ(table.advance(first + 1min + 9s), 0) << "no slot was missed";
  EXPECT_EQ(table.due(), first + 1min + 14s);
}

}  // namespace
}  // namespace vedette::schedule
