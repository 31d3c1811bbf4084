// SPDX-License-Identifier: Apache-2.0
#include "probes/net/scratch.h"

#include <set>

#include <gtest/gtest.h>

namespace vedette::net {
namespace {

TEST(Scratch, NumbersAreNotTheSameAgainAndAgain) {
  const auto scratch = std::make_shared<Scratch>();
  std::set<std::uint16_t> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(scratch->random16());
  EXPECT_GT(seen.size(), 900u);
}

TEST(Scratch, BuffersAreUsedAgain) {
  const auto scratch = std::make_shared<Scratch>();
  auto first = scratch->buffer(100);
  const char* place = first.get();
  EXPECT_NE(scratch->buffer(100).get(), place) << "two at a time are two";
  first.reset();
  EXPECT_EQ(scratch->buffer(4097).get(), place);
  auto large = scratch->buffer(65536);
  large[65535] = 'x';
}

TEST(Scratch, BufferMayOutliveItsOwner) {
  auto scratch = std::make_shared<Scratch>();
  auto buffer = scratch->buffer(10);
  scratch.reset();
  buffer[9] = 'x';
}

}  // namespace
}  // namespace vedette::net
