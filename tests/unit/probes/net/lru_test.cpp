// SPDX-License-Identifier: Apache-2.0
#include "probes/net/lru.h"

#include <string>

#include <gtest/gtest.h>

namespace vedette::net {
namespace {

TEST(Lru, ForgetsWhatWasNotUsedForLongest) {
  Lru<std::string, int> map(2);
  map.put("a", 1);
  map.put("b", 2);
  ASSERT_NE(map.find("a"), nullptr);
  map.put("c", 3);
  EXPECT_EQ(map.find("b"), nullptr);
  EXPECT_EQ(*map.find("a"), 1);
  EXPECT_EQ(*map.find("c"), 3);
  EXPECT_EQ(map.size(), 2U);
}

TEST(Lru, PuttingAKnownKeyReplacesItsValueAndCountsAsUse) {
  Lru<std::string, int> map(2);
  map.put("a", 1);
  map.put("b", 2);
  map.put("a", 7);
  map.put("c", 3);
  EXPECT_EQ(*map.find("a"), 7);
  EXPECT_EQ(map.find("b"), nullptr);
}

TEST(Lru, ErasesAndClears) {
  Lru<std::string, int> map(4);
  map.put("a", 1);
  map.put("b", 2);
  map.erase("a");
  map.erase("unknown");
  EXPECT_EQ(map.find("a"), nullptr);
  EXPECT_EQ(map.size(), 1U);
  map.clear();
  EXPECT_EQ(map.find("b"), nullptr);
  EXPECT_EQ(map.size(), 0U);
}

}  // namespace
}  // namespace vedette::net
