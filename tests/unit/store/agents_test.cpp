// SPDX-License-Identifier: Apache-2.0
// Since when each agent has watched without a pause, as every backend knows it.
#include <gmock/gmock.h>

#include "tests/unit/store/samples.h"
#include "tests/unit/store/store_test.h"

namespace vedette::store::test {
namespace {

class AgentsTest : public StoreTest {
 protected:
  void beat(Instant since, Instant now) { ASSERT_TRUE(store_->heartbeat("eu-west", since, now)); }
  // Nothing: the agent was never heard of.
  std::optional<Instant> watched_since(Instant now) {
    std::optional<Instant> since;
    const auto look = [&](const incident::Situation& situation) {
      const auto agent = situation.watched_since.find("eu-west");
      if (agent != situation.watched_since.end()) since = agent->second;
      return std::optional<incident::Incident>();
    };
    EXPECT_TRUE(store_->reconcile(group_of({component("portal")}), {}, look, now));
    return since;
  }

  const Instant first_ = at(0), away_ = at(60'000);
};

TEST_P(AgentsTest, WatchSinceTheirFirstSignOfLife) {
  EXPECT_EQ(watched_since(first_), std::nullopt);
  beat(first_, away_);
  EXPECT_EQ(watched_since(away_), first_);
}

TEST_P(AgentsTest, ARestartOfAMomentIsNoPause) {
  beat(first_, away_);
  const Instant back = away_ + silence_tolerated;
  beat(back, back);
  EXPECT_EQ(watched_since(back), first_);
}

TEST_P(AgentsTest, WatchAnewAfterALongerAbsence) {
  beat(first_, away_);
  const Instant back = away_ + silence_tolerated + Duration(1);
  beat(back, back);
  beat(back, back + Duration(10'000));
  EXPECT_EQ(watched_since(back + Duration(10'000)), back);
}

TEST_P(AgentsTest, AStoreThatWasAwayIsNoPauseOfTheirs) {
  beat(first_, away_);
  beat(first_, away_ + 10 * silence_tolerated);
  EXPECT_EQ(watched_since(away_ + 10 * silence_tolerated), first_);
}

TEST_P(AgentsTest, HaveNotWatchedSinceTheFutureWhenTheClockWasPutBack) {
  beat(away_, away_);
  EXPECT_EQ(watched_since(first_), first_);
  beat(first_, first_);
  EXPECT_EQ(watched_since(away_), first_);
}

INSTANTIATE_TEST_SUITE_P(Store, AgentsTest, testing::ValuesIn(all_backends()),
                         testing::PrintToStringParamName());

}  // namespace
}  // namespace vedette::store::test
