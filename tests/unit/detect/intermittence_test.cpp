// SPDX-License-Identifier: Apache-2.0
// Failures that come and go: how soon they are found, how rarely by mistake, and when they are
// over. Seeds are fixed.
#include "agent/detect/intermittence.h"

#include <numeric>
#include <random>

#include <gmock/gmock.h>

#include "agent/detect/detector.h"

namespace vedette::detect {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr Instant start{std::chrono::milliseconds{1'700'000'000'000}};

// The mean over many tries of the runs to the alarm.
double simulated(const IntermittenceRule& rule, double share, int tries, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::bernoulli_distribution fails(share);
  std::int64_t runs = 0;
  for (int i = 0; i < tries; ++i) {
    Intermittence intermittence(rule);
    for (; !intermittence.alarmed(); ++runs) intermittence.feed(fails(random), true, start);
  }
  return static_cast<double>(runs) / tries;
}

// The same out of the probabilities of each number of points, run by run.
double summed_up(const IntermittenceRule& rule, double share) {
  std::vector<double> at(static_cast<std::size_t>(rule.alarm), 0.0);
  at[0] = 1;
  double runs = 0;
  for (double left = 1; left > 1e-12;) {
    runs += left;
    std::vector<double> next(at.size(), 0.0);
    for (std::size_t points = 0; points < at.size(); ++points) {
      next[points == 0 ? 0 : points - 1] += at[points] * (1 - share);
      const std::size_t up = points + static_cast<std::size_t>(rule.step);
      if (up < next.size()) next[up] += at[points] * share;
    }
    at = std::move(next);
    left = std::accumulate(at.begin(), at.end(), 0.0);
  }
  return runs;
}

TEST(IntermittenceRule, AsksForAsManyPointsAsTheWantedTimeToAFalseAlarmNeeds) {
  const IntermittenceRule rule = intermittence_rule({}, 30s, 2);
  EXPECT_EQ(rule, (IntermittenceRule{.step = 9, .alarm = 32, .over = 24}));
  const double wanted = Duration(30 * 24h) / 30s;
  EXPECT_GE(runs_to_alarm(rule, 0.02), wanted);
  IntermittenceRule one_less = rule;
  --one_less.alarm;
  EXPECT_LT(runs_to_alarm(one_less, 0.02), wanted);
  EXPECT_GE(runs_to_over(rule, 0.25), 24 * 3600 / 30);
}

TEST(IntermittenceRule, ItsRunLengthsAreThoseOfTheChain) {
  for (const double share : {0.02, 0.05}) {
    for (const int alarm : {1, 5, 9, 10, 18, 19}) {
      const IntermittenceRule rule{.step = 9, .alarm = alarm, .over = 1};
      const double exact = summed_up(rule, share);
      EXPECT_NEAR(runs_to_alarm(rule, share) / exact, 1, 1e-6) << share << " " << alarm;
    }
  }
}

TEST(IntermittenceRule, NormalFailuresRaiseAFalseAlarmAsRarelyAsWished) {
  const IntermittenceRule rule = intermittence_rule({.false_alarm_every = 8h}, 30s, 2);
  const double runs = simulated(rule, 0.02, 500, 1);
  EXPECT_NEAR(runs / runs_to_alarm(rule, 0.02), 1, 0.1);
  EXPECT_GE(runs, 0.9 * 8 * 3600 / 30);
}

TEST(IntermittenceRule, MoreOftenProbedMeansMorePointsForTheSameTime) {
  EXPECT_GT(intermittence_rule({}, 1s, 2).alarm, intermittence_rule({}, 60s, 2).alarm);
}

TEST(IntermittenceRule, NeverOvertakesTheRuleForFailuresInARow) {
  for (const int failures : {1, 2, 5, 64}) {
    for (const Duration every : {Duration{100}, Duration{30s}, Duration{24h}}) {
      const IntermittenceRule rule = intermittence_rule({}, every, failures);
      EXPECT_GT(rule.alarm, failures * rule.step);
    }
  }
}

TEST(IntermittenceRule, StaysSmallAtTheBoundsOfWhatCanBeConfigured) {
  for (const double normal : {0.0001, 0.3}) {
    for (const double worth : {std::max(2 * normal, 0.01), 0.95}) {
      const IntermittenceRule rule = intermittence_rule(
          {.false_alarm_every = 3650 * 24h, .normal_failures = normal, .worth_knowing = worth},
          100ms, 1);
      EXPECT_GT(rule.alarm, 0);
      EXPECT_LT(rule.alarm, 10'000);
      EXPECT_GT(rule.over, 0);
      const double drift = normal * (rule.step + 1);
      EXPECT_LT(drift, 1) << "while all is normal the points must tend to fall";
    }
  }
}

TEST(Intermittence, FindsAQuarterOfFailuresInAboutTwentyTwoRuns) {
  EXPECT_NEAR(simulated(intermittence_rule({}, 30s, 2), 0.25, 4000, 2), 21.5, 1.5);
}

Sample pass(int run) {
  return {Outcome::pass, {}, "", start + run * 30s};
}
Sample fail(int run) {
  return {Outcome::fail, Reason::expectation_failed, "declined", start + run * 30s};
}

// One run in four fails, never two in a row: `failures` in a row would wait for ever.
struct OneInFour : testing::Test {
  bool fails_at(int run) const { return run % 4 == 3; }
  Step go(int run) { return detector.feed(fails_at(run) ? fail(run) : pass(run)); }
  int until_down() {
    int run = 0;
    while (detector.verdict().state != State::down && run < 1000) go(run++);
    return run;
  }

  Detector detector{{.failures = 3, .of = 3}};
};

TEST_F(OneInFour, IsFoundAndSaidInWords) {
  const int runs = until_down();
  EXPECT_LE(runs, 40);
  const Verdict& verdict = detector.verdict();
  EXPECT_TRUE(verdict.unstable);
  EXPECT_EQ(verdict.since, start + 3 * 30s) << "it began with the first of the failures";
  EXPECT_EQ(verdict.reason, Reason::expectation_failed);
  EXPECT_EQ(verdict.message, "5 of the last 20 runs failed; the newest: declined");
}

TEST_F(OneInFour, IsNotOverByTwoLuckyPasses) {
  int run = until_down();
  for (int end = run + 400; run < end; ++run) {
    const Step step = go(run);
    EXPECT_EQ(detector.verdict().state, State::down);
    EXPECT_FALSE(step.confirm) << "nothing is decided by a second look";
  }
  EXPECT_THAT(detector.verdict().message, HasSubstr("16 of the last 64 runs failed"));
}

TEST_F(OneInFour, IsOverAfterARest) {
  int run = until_down();
  const int over = intermittence_rule({}, 30s, 3).over;
  const int first_pass = run;
  for (int i = 0; i < over - 1; ++i) detector.feed(pass(run++));
  EXPECT_EQ(detector.verdict().state, State::down);
  EXPECT_TRUE(detector.feed(pass(run)).changed);
  EXPECT_EQ(detector.verdict(),
            (Verdict{State::up, start + first_pass * 30s, start + run * 30s, {}, ""}));
}

TEST_F(OneInFour, ThatBecomesOutrightIsDownAndNoLongerUnstable) {
  int run = until_down();
  for (int i = 0; i < 6; ++i) detector.feed(fail(run++));
  EXPECT_TRUE(detector.verdict().unstable);
  EXPECT_TRUE(detector.feed(fail(run++)).changed);
  EXPECT_FALSE(detector.verdict().unstable);
  EXPECT_EQ(detector.verdict().message, "declined");
  detector.feed(pass(run++));
  detector.feed(pass(run++));
  EXPECT_EQ(detector.verdict().state, State::up);
}

TEST_F(OneInFour, GoesOnThroughARestart) {
  until_down();
  Detector restarted({}, detector.verdict());
  for (int run = 1000; run < 1003; ++run) restarted.feed(pass(run));
  EXPECT_EQ(restarted.verdict().state, State::down);
  EXPECT_TRUE(restarted.verdict().unstable);
}

TEST(Detector, AnOutageThatLastsIsNotUnstable) {
  Detector detector({});
  int run = 0;
  for (; run < 10; ++run) detector.feed(pass(run));
  for (; run < 50; ++run) {
    detector.feed(fail(run));
    EXPECT_FALSE(detector.verdict().unstable);
  }
  detector.feed(pass(run++));
  detector.feed(pass(run++));
  EXPECT_EQ(detector.verdict().state, State::up);
}

TEST(Detector, WithoutTheRuleFailuresFarApartAreNotFound) {
  Policy policy{.failures = 3, .of = 3};
  policy.intermittent.on = false;
  Detector detector(policy);
  for (int run = 0; run < 1000; ++run) detector.feed(run % 4 == 3 ? fail(run) : pass(run));
  EXPECT_EQ(detector.verdict().state, State::up);
}

TEST(Detector, OutagesInQuickSuccessionAreOneThatIsUnstable) {
  Detector detector({});
  int run = 0, changes = 0;
  for (int cycle = 0; cycle < 30; ++cycle) {
    for (int i = 0; i < 5; ++i) changes += detector.feed(fail(run++)).changed;
    for (int i = 0; i < 5; ++i) changes += detector.feed(pass(run++)).changed;
  }
  EXPECT_EQ(detector.verdict().state, State::down);
  EXPECT_TRUE(detector.verdict().unstable);
  EXPECT_LE(changes, 5) << "down, up, down, and from then on unstable";
}

TEST(Detector, AccountsForItself) {
  Detector detector({});
  detector.feed(pass(0));
  detector.feed(fail(1));
  EXPECT_THAT(
      detector.account(),
      testing::ElementsAre(
          "1 of the last 3 runs failed; 2 make it down",
          "1 of the last 3 runs were degraded or failed; 2 make it degraded",
          "9 points of 32 toward failing now and then (a failure adds 9, another run takes 1)",
          "6 % of the last 20 results were changes; unstable from 30 %"));
}

}  // namespace
}  // namespace vedette::detect
