// SPDX-License-Identifier: Apache-2.0
#include "probes/net/timeouts.h"

#include <optional>
#include <string>

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

namespace vedette::net {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

class TimeoutsTest : public testing::Test {
 protected:
  auto calls(char name) {
    return [this, name] { called_ += name; };
  }

  const Steady::time_point begin_ = Steady::now();
  boost::asio::io_context loop_;
  Timeouts all_{loop_};
  std::string called_;
};

TEST_F(TimeoutsTest, FireInTheOrderOfTheirTimesHoweverTheyWereSet) {
  Timeout late(all_, calls('c')), early(all_, calls('a')), middle(all_, calls('b'));
  late.set(begin_ + milliseconds(3));
  early.set(begin_ + milliseconds(1));
  middle.set(begin_ + milliseconds(2));
  loop_.run();
  EXPECT_EQ(called_, "abc");
  EXPECT_GE(Steady::now(), begin_ + milliseconds(3));
}

TEST_F(TimeoutsTest, NeverFireFromWithinSet) {
  Timeout past(all_, calls('a'));
  past.set(begin_ - hours(1));
  EXPECT_EQ(called_, "");
  loop_.run();
  EXPECT_EQ(called_, "a");
}

TEST_F(TimeoutsTest, OneThatIsClearedOrGoneDoesNotFireAndDoesNotKeepTheLoopBusy) {
  Timeout cleared(all_, calls('a'));
  std::optional<Timeout> gone(std::in_place, all_, calls('b'));
  Timeout other(all_, calls('c'));
  cleared.set(begin_ + hours(1));
  gone->set(begin_ + hours(2));
  other.set(begin_ + milliseconds(1));
  cleared.clear();
  gone.reset();
  loop_.run();
  EXPECT_EQ(called_, "c");
  EXPECT_LT(Steady::now(), begin_ + hours(1));
}

TEST_F(TimeoutsTest, OneThatIsSetAgainFiresOnceAtItsNewTime) {
  Timeout moved(all_, calls('b')), other(all_, calls('a'));
  moved.set(begin_ + milliseconds(1));
  other.set(begin_ + milliseconds(2));
  moved.set(begin_ + milliseconds(3));
  loop_.run();
  EXPECT_EQ(called_, "ab");
}

TEST_F(TimeoutsTest, OneThatFiresMaySetItselfAndClearOthers) {
  Timeout cleared(all_, calls('x'));
  std::optional<Timeout> again;
  int times = 0;
  again.emplace(all_, [&] {
    cleared.clear();
    if (++times < 3) again->set(Steady::now());
  });
  again->set(begin_);
  cleared.set(begin_);
  loop_.run();
  EXPECT_EQ(times, 3);
  EXPECT_EQ(called_, "");
}

TEST_F(TimeoutsTest, ThoseThatOutliveTheirLoopAreLetGo) {
  std::optional<Timeouts> all(std::in_place, loop_);
  Timeout waiting(*all, calls('a'));
  waiting.set(begin_);
  all.reset();
  loop_.run();
  EXPECT_EQ(called_, "");
}

}  // namespace
}  // namespace vedette::net
