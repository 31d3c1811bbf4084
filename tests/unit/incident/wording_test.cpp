// SPDX-License-Identifier: Apache-2.0
// The small parts of public sentences: lists, clocks, durations, titles.
#include "agent/incident/wording.h"

#include <gtest/gtest.h>

namespace vedette::incident::wording {
namespace {

using namespace std::chrono_literals;

constexpr Instant noon{std::chrono::sys_days{std::chrono::year{2024} / 11 / 16} + 12h};

TEST(Wording, ListsNamesAsAPersonWould) {
  EXPECT_EQ(list({"A"}), "A");
  EXPECT_EQ(list({"A", "B"}), "A and B");
  EXPECT_EQ(list({"A", "B", "C"}), "A, B and C");
}

TEST(Wording, ClockNamesTheDateOnlyWhenItIsNotToday) {
  EXPECT_EQ(clock(noon + 90s, noon + 2h), "12:01:30 UTC");
  EXPECT_EQ(clock(noon + 90s, noon + 24h), "16 November 2024, 12:01:30 UTC");
}

TEST(Wording, DurationsTellTheirTwoGreatestUnits) {
  EXPECT_EQ(words(0ms), "less than a second");
  EXPECT_EQ(words(1s), "1 second");
  EXPECT_EQ(words(28min + 54s), "28 minutes and 54 seconds");
  EXPECT_EQ(words(2h + 5s), "2 hours");
  EXPECT_EQ(words(19h + 26min + 59s), "19 hours and 26 minutes");
  EXPECT_EQ(words(49h), "2 days and 1 hour");
}

TEST(Wording, TitleNamesAFewAndCountsTheRest) {
  EXPECT_EQ(title({"A"}, ComponentStatus::partial_outage), "A: partial outage");
  EXPECT_EQ(title({"A", "B", "C", "D", "E"}, ComponentStatus::major_outage),
            "A, B, C and 2 more: major outage");
}

}  // namespace
}  // namespace vedette::incident::wording
