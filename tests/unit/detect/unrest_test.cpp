// SPDX-License-Identifier: Apache-2.0
#include "agent/detect/unrest.h"

#include <string_view>

#include <gtest/gtest.h>

namespace vedette::detect {
namespace {

Unrest after(std::string_view results, const Flapping& policy = {}) {
  Unrest unrest(policy);
  for (const char result : results) unrest.feed(result == '.');
  return unrest;
}

TEST(Unrest, TheFirstResultIsNoChange) {
  EXPECT_EQ(after("x").share(), 0);
  EXPECT_EQ(after(".").share(), 0);
}

TEST(Unrest, TheNewestChangeWeighsMostAndTheOldestLeast) {
  EXPECT_NEAR(after(".x").share(), 1.25 / 20, 0.001);
  EXPECT_NEAR(after(".xxxxxxxxxxxxxxxxxxxx").share(), 0.75 / 20, 0.001);
  EXPECT_EQ(after(".xxxxxxxxxxxxxxxxxxxxx").share(), 0) << "older than 20 results: forgotten";
}

TEST(Unrest, ChangesAllTheTimeAreAHundredPercent) {
  EXPECT_EQ(after(".x.x.x.x.x.x.x.x.x.x.").share(), 1);
}

TEST(Unrest, BeginsAtTheUpperAndEndsAtTheLowerThreshold) {
  EXPECT_FALSE(after("..........x.x.x").flaps());
  EXPECT_TRUE(after("..........x.x.x.").flaps());
  Unrest unrest = after("..........x.x.x.");
  int quiet = 0;
  for (; unrest.flaps(); ++quiet) {
    EXPECT_GT(unrest.share(), 0.20);
    unrest.feed(true);
  }
  EXPECT_LE(unrest.share(), 0.20);
  EXPECT_GT(quiet, 5) << "between the two it stays what it was";
}

TEST(Unrest, ForgetsWhenTold) {
  Unrest unrest = after(".x.x.x.x");
  unrest.forget();
  EXPECT_FALSE(unrest.flaps());
  unrest.feed(false);
  EXPECT_EQ(unrest.share(), 0) << "the same result as before is no change";
  unrest.feed(true);
  EXPECT_GT(unrest.share(), 0);
}

TEST(Unrest, NeverBeginsWhereItIsSwitchedOff) {
  EXPECT_FALSE(after(".x.x.x.x.x.x.x.x.x.x.x", {.on = false}).flaps());
}

}  // namespace
}  // namespace vedette::detect
