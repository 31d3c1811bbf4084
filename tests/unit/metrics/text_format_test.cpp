// SPDX-License-Identifier: Apache-2.0
#include "agent/metrics/text_format.h"

#include <limits>

#include <gtest/gtest.h>

namespace vedette::metrics {
namespace {

constexpr Metric metric{"some_metric", "Says \\ and\nmore.", "gauge"};

std::string number(double value) {
  std::string out;
  append_number(out, value);
  return out;
}

TEST(TextFormat, LabelsAreJoinedByCommas) {
  std::string out;
  append_label(out, "a", "1");
  append_label(out, "b", "2");
  EXPECT_EQ(out, R"(a="1",b="2")");
}

TEST(TextFormat, QuotesBackslashesAndLineEndsInLabelsAreEscaped) {
  std::string out;
  append_label(out, "a", "say \"x\\y\"\nnext");
  EXPECT_EQ(out, R"(a="say \"x\\y\"\nnext")");
}

TEST(TextFormat, NumbersAreShortestAndReadBackTheSame) {
  EXPECT_EQ(number(0), "0");
  EXPECT_EQ(number(-3), "-3");
  EXPECT_EQ(number(0.1), "0.1");
  EXPECT_EQ(number(0.0005), "0.0005");
  EXPECT_EQ(number(1794571203.25), "1794571203.25");
  EXPECT_EQ(number(1e15), "1e+15");
  EXPECT_EQ(std::stod(number(1.0 / 3)), 1.0 / 3);
}

TEST(TextFormat, InfinitiesAreWrittenInPrometheusWords) {
  EXPECT_EQ(number(std::numeric_limits<double>::infinity()), "+Inf");
  EXPECT_EQ(number(-std::numeric_limits<double>::infinity()), "-Inf");
}

TEST(FamilyWriter, WritesTheHeadOnceBeforeTheFirstSample) {
  std::string out;
  FamilyWriter writer(out, metric);
  writer.sample(R"(a="1")", {}, 1.5);
  writer.sample({}, R"(b="2")", 2.0);
  writer.sample(R"(a="1")", R"(b="2")", std::uint64_t{3});
  writer.sample({}, {}, 4.0);
  EXPECT_EQ(out,
            "# HELP some_metric Says \\\\ and\\nmore.\n"
            "# TYPE some_metric gauge\n"
            "some_metric{a=\"1\"} 1.5\n"
            "some_metric{b=\"2\"} 2\n"
            "some_metric{a=\"1\",b=\"2\"} 3\n"
            "some_metric 4\n");
}

TEST(FamilyWriter, AFamilyOfOnlyUnseenValuesLeavesNoTrace) {
  std::string out;
  FamilyWriter writer(out, metric);
  writer.sample({}, {}, std::numeric_limits<double>::quiet_NaN());
  EXPECT_EQ(out, "");
}

}  // namespace
}  // namespace vedette::metrics
