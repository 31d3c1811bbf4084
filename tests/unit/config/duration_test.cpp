// SPDX-License-Identifier: Apache-2.0
#include "config/duration.h"

#include <gtest/gtest.h>

namespace vedette::config {
namespace {

using namespace std::chrono_literals;

TEST(Duration, ReadsEveryUnitAloneAndTogether) {
  EXPECT_EQ(parse_duration("250ms"), Duration(250));
  EXPECT_EQ(parse_duration("90s"), Duration(90s));
  EXPECT_EQ(parse_duration("5m"), Duration(5min));
  EXPECT_EQ(parse_duration("2h"), Duration(2h));
  EXPECT_EQ(parse_duration("14d"), Duration(14 * 24h));
  EXPECT_EQ(parse_duration("1d2h3m4s5ms"), Duration(26h + 3min + 4s + 5ms));
  EXPECT_EQ(parse_duration("0s"), Duration(0));
  EXPECT_EQ(parse_duration("3650d"), Duration(3650 * 24h));
}

class BadDuration : public testing::TestWithParam<const char*> {};

TEST_P(BadDuration, IsAnErrorThatNamesItAndTheRemedy) {
  const auto duration = parse_duration(GetParam());
  ASSERT_FALSE(duration);
  EXPECT_TRUE(duration.error().contains("is no duration: ")) << duration.error();
}

INSTANTIATE_TEST_SUITE_P(, BadDuration,
                         testing::Values("", "s", "-1s", "1", "1.5s", "1 s", "s1", "1S", "1x",
                                         "1s1m", "1s1s", "1m30", "+1s", "3651d", "3650d1ms",
                                         "99999999999999999999s", "1d ", "infs"));

TEST(Duration, WithoutAUnitSaysSo) {
  EXPECT_EQ(parse_duration("30").error(),
            "\"30\" is no duration: it needs a unit (ms, s, m, h or d)");
}

TEST(Duration, IsWrittenInItsLargestUnits) {
  EXPECT_EQ(format_duration(0ms), "0s");
  EXPECT_EQ(format_duration(250ms), "250ms");
  EXPECT_EQ(format_duration(90s), "1m30s");
  EXPECT_EQ(format_duration(36h), "1d12h");
  EXPECT_EQ(format_duration(1500ms), "1s500ms");
}

TEST(Duration, ReadsWhatItWrites) {
  for (const Duration duration : {Duration(1), Duration(999), Duration(61s), Duration(25h + 1ms)}) {
    EXPECT_EQ(parse_duration(format_duration(duration)), duration);
  }
}

}  // namespace
}  // namespace vedette::config
