// SPDX-License-Identifier: Apache-2.0
#include "probes/net/phase_clock.h"

#include <thread>

#include <gtest/gtest.h>

namespace vedette::net {
namespace {

std::vector<std::string_view> names(const PhaseClock& clock) {
  std::vector<std::string_view> out;
  for (const Phase& phase : clock.list()) out.push_back(phase.name);
  return out;
}

TEST(PhaseClock, KeepsTheOrderOfTheFirstEntryAndEndsInTheTotal) {
  PhaseClock clock;
  clock.enter("connect");
  clock.enter("greeting");
  clock.enter("tls");
  clock.enter("greeting");
  EXPECT_EQ(names(clock), (std::vector<std::string_view>{"connect", "greeting", "tls", "total"}));
  EXPECT_EQ(clock.current(), "greeting");
}

TEST(PhaseClock, TheRunningPhaseCountsUpToNowAndTheOthersStandStill) {
  PhaseClock clock;
  clock.enter("connect");
  std::this_thread::sleep_for(std::chrono::milliseconds(2));
  clock.enter("tls");
  const auto connect = clock.of("connect");
  const auto tls = clock.of("tls");
  std::this_thread::sleep_for(std::chrono::milliseconds(2));
  EXPECT_GE(connect.count(), 2000);
  EXPECT_EQ(clock.of("connect"), connect);
  EXPECT_GT(clock.of("tls"), tls);
}

TEST(PhaseClock, PhasesAddUpToTheTotalWhenTheFirstIsEnteredLateToo) {
  PhaseClock clock;
  std::this_thread::sleep_for(std::chrono::milliseconds(1));
  clock.enter("a");
  std::this_thread::sleep_for(std::chrono::milliseconds(1));
  clock.enter("b");
  clock.enter("a");
  clock.stop();
  const auto lost = clock.total() - clock.of("a") - clock.of("b");
  EXPECT_GE(lost.count(), 0);
  EXPECT_LE(lost.count(), 3);  // each stretch of time is cut to whole microseconds
}

TEST(PhaseClock, NothingRunsAfterTheStop) {
  PhaseClock clock;
  clock.enter("a");
  clock.stop();
  const auto before = clock.list();
  std::this_thread::sleep_for(std::chrono::milliseconds(1));
  EXPECT_EQ(clock.list().back().duration, before.back().duration);
  EXPECT_EQ(clock.of("a"), before.front().duration);
  EXPECT_EQ(clock.of("never"), Microseconds::zero());
  EXPECT_EQ(clock.current(), "");
}

}  // namespace
}  // namespace vedette::net
