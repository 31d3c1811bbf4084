// SPDX-License-Identifier: Apache-2.0
#include "agent/settings/cycles.h"

#include <gmock/gmock.h>

namespace vedette::settings {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Cycles, AreNotInATreeNorInADiamond) {
  EXPECT_THAT(find_cycles({}), IsEmpty());
  EXPECT_THAT(find_cycles({{1, 2}, {3}, {3}, {}}), IsEmpty());
}

TEST(Cycles, GoRoundInTheOrderOfTheArrows) {
  EXPECT_THAT(find_cycles({{2}, {0}, {1}}), ElementsAre(ElementsAre(0, 2, 1)));
}

TEST(Cycles, CanBeOneNode) {
  EXPECT_THAT(find_cycles({{}, {1}}), ElementsAre(ElementsAre(1)));
}

TEST(Cycles, LeaveOutTheWayThere) {
  EXPECT_THAT(find_cycles({{1}, {2}, {3}, {2}}), ElementsAre(ElementsAre(2, 3)));
}

TEST(Cycles, AreAllFoundWhereTheyHangNotTogether) {
  EXPECT_THAT(find_cycles({{1}, {0}, {3}, {2}}), ElementsAre(ElementsAre(0, 1), ElementsAre(2, 3)));
}

TEST(Cycles, AreFoundHoweverDeep) {
  constexpr std::size_t size = 300'000;
  Graph chain(size);
  for (std::size_t i = 0; i + 1 < size; ++i) chain[i].push_back(i + 1);
  EXPECT_THAT(find_cycles(chain), IsEmpty());
  chain.back().push_back(0);
  EXPECT_THAT(find_cycles(chain), ElementsAre(testing::SizeIs(size)));
}

}  // namespace
}  // namespace vedette::settings
