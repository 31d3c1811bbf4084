// SPDX-License-Identifier: Apache-2.0
// The rules under which a verified chain may be believed again, in virtual time.
#include "probes/net/tls_verify_memo.h"

#include <gtest/gtest.h>

namespace vedette::net {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

class VerifyMemoTest : public ::testing::Test {
 protected:
  std::optional<VerifiedChain> find(const MemoKey& key) { return memo_.find(key, now_, wall_); }
  void remember() { memo_.remember(key_, chain_, now_, wall_); }
  void pass(Duration time) {
    now_ += time;
    wall_ += time;
  }

  VerifyMemo memo_{3};
  Steady::time_point now_{hours(5)};
  Instant wall_{std::chrono::sys_days{std::chrono::year{2026} / 11 / 8}};
  VerifiedChain chain_{wall_ - hours(24), wall_ + hours(24)};
  MemoKey key_{.chain = {1, 2, 3},
               .roots_generation = 4,
               .security_level = 2,
               .purpose = 1,
               .flags = 8,
               .profile = 0};
};

TEST_F(VerifyMemoTest, KnowsNothingAtFirst) {
  EXPECT_FALSE(find(key_));
  EXPECT_EQ(memo_.misses(), 1U);
  EXPECT_EQ(memo_.hits(), 0U);
}

TEST_F(VerifyMemoTest, GivesBackTheDatesOfTheVerifiedChain) {
  remember();
  EXPECT_EQ(find(key_), chain_);
  EXPECT_EQ(memo_.hits(), 1U);
  EXPECT_EQ(memo_.misses(), 0U);
}

TEST_F(VerifyMemoTest, EveryPartOfTheKeyCounts) {
  remember();
  const auto other = [&](auto change) {
    MemoKey key = key_;
    change(key);
    return find(key);
  };
  EXPECT_FALSE(other([](MemoKey& key) { key.chain[31] = 1; }));
  EXPECT_FALSE(other([](MemoKey& key) { ++key.roots_generation; }));
  EXPECT_FALSE(other([](MemoKey& key) { ++key.security_level; }));
  EXPECT_FALSE(other([](MemoKey& key) { ++key.purpose; }));
  EXPECT_FALSE(other([](MemoKey& key) { ++key.flags; }));
  EXPECT_FALSE(other([](MemoKey& key) { ++key.profile; }));
  EXPECT_TRUE(find(key_));
}

TEST_F(VerifyMemoTest, ForgetsAfterTenMinutesOfTheSteadyClock) {
  remember();
  pass(minutes(10) - milliseconds(1));
  EXPECT_TRUE(find(key_));
  pass(milliseconds(1));
  EXPECT_FALSE(find(key_));
  EXPECT_EQ(memo_.size(), 0U);
}

TEST_F(VerifyMemoTest, AHitDoesNotProlongTheLife) {
  remember();
  pass(minutes(9));
  EXPECT_TRUE(find(key_));
  pass(minutes(1));
  EXPECT_FALSE(find(key_));
}

TEST_F(VerifyMemoTest, AChainThatExpiresIsAMissAtThatVeryInstant) {
  chain_.not_after = wall_ + minutes(1);
  remember();
  pass(minutes(1) - milliseconds(1));
  EXPECT_TRUE(find(key_));
  pass(milliseconds(1));
  EXPECT_FALSE(find(key_));
}

TEST_F(VerifyMemoTest, AWallClockThatJumpsPastTheExpiryIsAMissThoughLittleTimePassed) {
  remember();
  wall_ = chain_.not_after + hours(1);
  now_ += seconds(1);
  EXPECT_FALSE(find(key_));
}

TEST_F(VerifyMemoTest, AWallClockThatIsSetBackIsAMiss) {
  remember();
  now_ += seconds(1);
  wall_ -= milliseconds(1);
  EXPECT_FALSE(find(key_));
}

TEST_F(VerifyMemoTest, AWallClockBeforeTheChainsFirstDayIsAMiss) {
  remember();
  wall_ = chain_.not_before - seconds(1);
  EXPECT_FALSE(find(key_));
}

TEST_F(VerifyMemoTest, AWallClockThatStoodStillDoesNotKeepAnEntryAlive) {
  remember();
  now_ += minutes(11);
  EXPECT_FALSE(find(key_));
}

TEST_F(VerifyMemoTest, DoesNotRememberWhatIsNotValidNow) {
  chain_.not_after = wall_;
  remember();
  EXPECT_EQ(memo_.size(), 0U);
  chain_ = {wall_ + seconds(1), wall_ + hours(1)};
  remember();
  EXPECT_EQ(memo_.size(), 0U);
}

TEST_F(VerifyMemoTest, IsBoundedAndForgetsTheLeastUsed) {
  for (unsigned char i = 0; i < 5; ++i) {
    key_.chain[0] = i;
    remember();
  }
  EXPECT_EQ(memo_.size(), 3U);
  key_.chain[0] = 0;
  EXPECT_FALSE(find(key_));
  key_.chain[0] = 4;
  EXPECT_TRUE(find(key_));
}

TEST_F(VerifyMemoTest, ClearForgetsAllAndKeepsTheCounters) {
  remember();
  EXPECT_TRUE(find(key_));
  memo_.clear();
  EXPECT_FALSE(find(key_));
  EXPECT_EQ(memo_.hits(), 1U);
  EXPECT_EQ(memo_.misses(), 1U);
}

}  // namespace
}  // namespace vedette::net
