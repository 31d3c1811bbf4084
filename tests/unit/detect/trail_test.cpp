// SPDX-License-Identifier: Apache-2.0
#include "agent/detect/trail.h"

#include <gtest/gtest.h>

#include "agent/detect/detector.h"

namespace vedette::detect {
namespace {

using namespace std::chrono_literals;

const Instant begin{std::chrono::sys_days{std::chrono::year{2026} / 11 / 8}};

Sample sample(Outcome outcome, int run) {
  return {.outcome = outcome, .reason = std::nullopt, .at = begin + run * 30s};
}

Verdict in(State state, bool unstable = false) {
  Verdict verdict;
  verdict.state = state;
  verdict.unstable = unstable;
  return verdict;
}

TEST(Trail, OfRunsThatAllPassIsOneStretch) {
  Trail trail;
  for (int run = 0; run < 1000; ++run) trail.add(sample(Outcome::pass, run), in(State::up));
  ASSERT_EQ(trail.stretches().size(), 1U);
  EXPECT_EQ(trail.stretches()[0].runs, 1000U);
  EXPECT_EQ(trail.stretches()[0].first, begin);
  EXPECT_EQ(trail.stretches()[0].last, begin + 999 * 30s);
}

TEST(Trail, BeginsAnewWhereTheVerdictOrTheReasonIsAnother) {
  Trail trail;
  Sample failure = sample(Outcome::fail, 0);
  failure.reason = Reason::timeout;
  trail.add(failure, in(State::up));
  trail.add(failure, in(State::down));
  failure.reason = Reason::connect_refused;
  trail.add(failure, in(State::down));
  trail.add(failure, in(State::down, true));
  EXPECT_EQ(trail.stretches().size(), 4U);
}

TEST(Trail, SaysTheNewestMessageOfAStretchAndNoMoreThanAPart) {
  Trail trail;
  Sample failure = sample(Outcome::fail, 0);
  failure.message = "the first";
  trail.add(failure, in(State::down));
  failure.message = std::string(5000, 'x');
  trail.add(failure, in(State::down));
  EXPECT_EQ(trail.stretches()[0].message, std::string(200, 'x'));
}

TEST(Trail, KeepsTheNewestStretchesOnly) {
  Trail trail;
  for (int run = 0; run < 100; ++run)
    trail.add(sample(run % 2 == 0 ? Outcome::pass : Outcome::fail, run), in(State::up));
  ASSERT_EQ(trail.stretches().size(), Trail::kept);
  EXPECT_EQ(trail.stretches().back().last, begin + 99 * 30s);
}

}  // namespace
}  // namespace vedette::detect
