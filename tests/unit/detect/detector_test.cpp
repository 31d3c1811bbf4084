// SPDX-License-Identifier: Apache-2.0
// k of n, in virtual time: when a verdict changes, since when, why, and when a second look is asked
// for.
#include "agent/detect/detector.h"

#include <gtest/gtest.h>

namespace vedette::detect {
namespace {

constexpr Instant start{std::chrono::milliseconds{1'700'000'000'000}};

Instant at(int seconds) {
  return start + std::chrono::seconds{seconds};
}

Sample pass(int seconds) {
  return {Outcome::pass, {}, "", at(seconds)};
}
Sample fail(int seconds, Reason reason = Reason::connect_refused) {
  return {Outcome::fail, reason, "failed", at(seconds)};
}
Sample degraded(int seconds) {
  return {Outcome::degraded, Reason::expectation_failed, "slow", at(seconds)};
}
Sample unknown(int seconds) {
  return {Outcome::unknown, Reason::agent_blind, "blind", at(seconds)};
}

Verdict down_since(int seconds) {
  return {State::down, at(seconds), at(seconds + 3), Reason::timeout, "no answer"};
}

// k of n and nothing else.
Policy plain() {
  Policy policy;
  policy.intermittent.on = false;
  policy.flapping.on = false;
  return policy;
}

// Feeds all, returns the last step.
template <class... Samples>
Step feed(Detector& detector, const Samples&... samples) {
  Step step;
  ((step = detector.feed(samples)), ...);
  return step;
}

TEST(Detector, IsUpAtTheFirstPass) {
  Detector detector({});
  const Step step = detector.feed(pass(0));
  EXPECT_TRUE(step.changed);
  EXPECT_FALSE(step.confirm);
  EXPECT_EQ(detector.verdict(), (Verdict{State::up, at(0), at(0), {}, ""}));
}

TEST(Detector, FirstFailureIsLookedAtAgainAndChangesNothing) {
  Detector detector({});
  feed(detector, pass(0));
  const Step step = detector.feed(fail(30));
  EXPECT_TRUE(step.confirm);
  EXPECT_FALSE(step.changed);
  EXPECT_EQ(detector.verdict().state, State::up);
}

TEST(Detector, SecondFailureOfThreeIsDownSinceTheFirst) {
  Detector detector({});
  const Step step = feed(detector, pass(0), fail(30), fail(33, Reason::timeout));
  EXPECT_TRUE(step.changed);
  EXPECT_FALSE(step.confirm);
  EXPECT_EQ(detector.verdict(), (Verdict{State::down, at(30), at(33), Reason::timeout, "failed"}));
}

TEST(Detector, PassBetweenTwoFailuresDoesNotHideThem) {
  Detector detector({});
  feed(detector, pass(0), fail(30), pass(33), fail(60));
  EXPECT_EQ(detector.verdict().state, State::down);
  EXPECT_EQ(detector.verdict().since, at(30));
}

TEST(Detector, WhatPassesBetweenItsFailuresIsUnstable) {
  Detector detector({});
  feed(detector, pass(0), fail(30), pass(33), fail(60));
  EXPECT_TRUE(detector.verdict().unstable);
  EXPECT_EQ(detector.verdict().message, "2 of the last 4 runs failed; the newest: failed");
  feed(detector, pass(90), pass(120));
  EXPECT_EQ(detector.verdict().state, State::down) << "twice lucky is no recovery";
  for (int i = 0; i < 7; ++i) feed(detector, pass(150 + 30 * i));
  EXPECT_EQ(detector.verdict(), (Verdict{State::up, at(90), at(330), {}, ""}));
}

TEST(Detector, AnOutageWithAPassInItTurnsUnstableWithTheFailureAfterThat) {
  Detector detector({});
  feed(detector, pass(0), fail(30), fail(33), fail(60));
  EXPECT_FALSE(feed(detector, pass(90)).changed) << "it may be the end";
  EXPECT_TRUE(feed(detector, fail(93)).changed);
  EXPECT_TRUE(detector.verdict().unstable);
}

TEST(Detector, FailureThatLeftTheWindowIsForgotten) {
  Detector detector({});
  const Step step = feed(detector, pass(0), fail(30), pass(33), pass(60), fail(90));
  EXPECT_EQ(detector.verdict().state, State::up);
  EXPECT_TRUE(step.confirm);
  feed(detector, fail(93));
  EXPECT_EQ(detector.verdict().since, at(90));
}

TEST(Detector, OneFailureIsEnoughWhenThePolicySaysSo) {
  Detector detector({.failures = 1, .of = 1});
  const Step step = feed(detector, pass(0), fail(30));
  EXPECT_TRUE(step.changed);
  EXPECT_FALSE(step.confirm);
  EXPECT_EQ(detector.verdict().since, at(30));
}

TEST(Detector, OnlyTheFirstOfSeveralFailuresIsConfirmedQuickly) {
  Detector detector({.failures = 3, .of = 5});
  EXPECT_TRUE(feed(detector, pass(0), fail(30)).confirm);
  EXPECT_FALSE(detector.feed(fail(33)).confirm);
  EXPECT_TRUE(detector.feed(fail(63)).changed);
}

TEST(Detector, RecoversAfterConsecutivePassesSinceTheFirstOfThem) {
  Detector detector({});
  feed(detector, fail(0), fail(3));
  const Step first = detector.feed(pass(30));
  EXPECT_TRUE(first.confirm);
  EXPECT_FALSE(first.changed);
  const Step second = detector.feed(pass(33));
  EXPECT_TRUE(second.changed);
  EXPECT_FALSE(second.confirm);
  EXPECT_EQ(detector.verdict(), (Verdict{State::up, at(30), at(33), {}, ""}));
}

TEST(Detector, FailureBetweenPassesStartsTheRecoveryAnew) {
  Detector detector(plain());
  feed(detector, fail(0), fail(3), pass(30), fail(33), pass(60));
  EXPECT_EQ(detector.verdict().state, State::down);
  feed(detector, pass(63));
  EXPECT_EQ(detector.verdict().since, at(60));
}

TEST(Detector, OvercomeFailuresDoNotCountTowardTheNextOnes) {
  Detector detector({.failures = 2, .of = 10});
  feed(detector, fail(0), fail(3), pass(30), pass(33), fail(60));
  EXPECT_EQ(detector.verdict().state, State::up);
}

TEST(Detector, DegradedCountsTowardDegradedOnly) {
  Detector detector({});
  EXPECT_TRUE(feed(detector, pass(0), degraded(30)).confirm);
  feed(detector, degraded(33));
  EXPECT_EQ(detector.verdict(),
            (Verdict{State::degraded, at(30), at(33), Reason::expectation_failed, "slow"}));
}

TEST(Detector, FailCountsTowardDegradedToo) {
  Detector detector({});
  feed(detector, pass(0), degraded(30), fail(33));
  EXPECT_EQ(detector.verdict().state, State::degraded);
  EXPECT_EQ(detector.verdict().reason, Reason::connect_refused);
  feed(detector, fail(36));
  EXPECT_EQ(detector.verdict().state, State::down);
  EXPECT_EQ(detector.verdict().since, at(33)) << "down began with the first failing sample";
}

TEST(Detector, DownBecomesDegradedAfterSamplesThatDoNotFail) {
  Detector detector({});
  feed(detector, fail(0), fail(3));
  EXPECT_TRUE(detector.feed(degraded(30)).confirm);
  EXPECT_EQ(detector.verdict().state, State::down);
  EXPECT_TRUE(detector.feed(degraded(33)).changed);
  EXPECT_EQ(detector.verdict(),
            (Verdict{State::degraded, at(30), at(33), Reason::expectation_failed, "slow"}));
  feed(detector, fail(60));
  EXPECT_EQ(detector.verdict().state, State::degraded) << "old failures do not count again";
}

TEST(Detector, DegradedRecoversByConsecutivePasses) {
  Detector detector({});
  feed(detector, degraded(0), degraded(3));
  EXPECT_TRUE(detector.feed(pass(30)).confirm);
  feed(detector, pass(33), pass(60));
  EXPECT_EQ(detector.verdict().state, State::degraded) << "harder to leave than to enter";
  feed(detector, pass(90));
  EXPECT_EQ(detector.verdict(), (Verdict{State::up, at(30), at(90), {}, ""}));
}

TEST(Detector, DegradedHasItsOwnNumbersWhereTheyAreGiven) {
  Detector detector({.degraded = {.results = 3, .of = 5, .passes = 1}});
  feed(detector, pass(0), degraded(30), degraded(33), pass(60));
  EXPECT_EQ(detector.verdict().state, State::up);
  feed(detector, degraded(90));
  EXPECT_EQ(detector.verdict().state, State::degraded);
  EXPECT_EQ(detector.verdict().since, at(30));
  feed(detector, pass(120));
  EXPECT_EQ(detector.verdict().state, State::up);
  feed(detector, fail(150), pass(153), fail(180));
  EXPECT_EQ(detector.verdict().state, State::down) << "the numbers for failures are as they were";
}

TEST(Detector, ValuesAroundALimitAreOneDegradedTimeAndNotMany) {
  Detector detector({});
  feed(detector, pass(0));
  int changes = 0;
  for (int i = 1; i <= 200; ++i) {
    const int second = 30 * i;
    const bool over = i % 7 == 1 || i % 7 == 2 || i % 7 == 5;
    changes += detector.feed(over ? degraded(second) : pass(second)).changed;
  }
  EXPECT_EQ(detector.verdict().state, State::degraded);
  EXPECT_LE(changes, 2);
}

TEST(Detector, AnotherReasonWhileDownIsAChange) {
  Detector detector({});
  feed(detector, fail(0), fail(3));
  EXPECT_FALSE(detector.feed(fail(30)).changed);
  EXPECT_TRUE(detector.feed(fail(60, Reason::timeout)).changed);
  EXPECT_EQ(detector.verdict().reason, Reason::timeout);
  EXPECT_EQ(detector.verdict().since, at(0)) << "it is still the same outage";
}

TEST(Detector, KeepsTheNewestMessageWithoutCallingItAChange) {
  Detector detector({});
  feed(detector, fail(0), fail(3));
  Sample other = fail(30);
  other.message = "failed otherwise";
  EXPECT_FALSE(detector.feed(other).changed);
  EXPECT_EQ(detector.verdict().message, "failed otherwise");
}

TEST(Detector, KeepsTheNewestEvidenceWhileItFailsAndDropsItWhenUp) {
  Detector detector(plain());
  Sample first = fail(0);
  first.evidence = "first";
  Sample second = fail(3);
  second.evidence = "second";
  feed(detector, first, second, pass(30));
  EXPECT_EQ(detector.verdict().evidence, "second");
  Sample third = fail(33);
  third.evidence = "third";
  EXPECT_FALSE(detector.feed(third).changed);
  EXPECT_EQ(detector.verdict().evidence, "third");
  feed(detector, pass(60), pass(63));
  EXPECT_EQ(detector.verdict().evidence, "");
}

TEST(Detector, VerdictThatWasNeverKnownKeepsItsEvidence) {
  Detector detector({});
  Sample blind = unknown(0);
  blind.evidence = "no route";
  feed(detector, blind);
  EXPECT_EQ(detector.verdict().evidence, "no route");
}

TEST(Detector, ASingleUnknownSampleChangesNothing) {
  Detector detector({});
  feed(detector, pass(0), fail(30));
  const Verdict before = detector.verdict();
  const Step step = feed(detector, unknown(33));
  EXPECT_FALSE(step.changed);
  EXPECT_FALSE(step.confirm);
  EXPECT_EQ(detector.verdict(), before);
  feed(detector, fail(60));
  EXPECT_EQ(detector.verdict().state, State::down) << "the failure before still counts";
}

TEST(Detector, WhatCannotBeSeenForAWhileIsUnknownAndNeitherUpNorDown) {
  Detector detector({});
  feed(detector, pass(0), unknown(30));
  const Step step = feed(detector, unknown(60));
  EXPECT_TRUE(step.changed);
  EXPECT_FALSE(step.confirm);
  EXPECT_EQ(detector.verdict(),
            (Verdict{State::unknown, at(30), at(60), Reason::agent_blind, "blind"}));
  EXPECT_FALSE(feed(detector, unknown(90), unknown(120)).changed);
}

TEST(Detector, WhatCanBeSeenAgainIsWhatItWas) {
  Detector detector({});
  feed(detector, fail(0), fail(3), unknown(30), unknown(60));
  EXPECT_TRUE(feed(detector, fail(90)).changed);
  EXPECT_EQ(detector.verdict(),
            (Verdict{State::down, at(0), at(90), Reason::connect_refused, "failed"}));
  feed(detector, unknown(120), unknown(150), pass(180));
  EXPECT_EQ(detector.verdict().state, State::down) << "one pass has never been enough";
  feed(detector, pass(183));
  EXPECT_EQ(detector.verdict().state, State::up);
  feed(detector, unknown(210), unknown(240), pass(270));
  EXPECT_EQ(detector.verdict(), (Verdict{State::up, at(180), at(270), {}, ""}))
      << "two results were lost, no more";
  feed(detector, unknown(300), unknown(330), unknown(360), unknown(390), unknown(420), pass(450));
  EXPECT_EQ(detector.verdict(), (Verdict{State::up, at(450), at(450), {}, ""}))
      << "nobody saw that it was up meanwhile";
}

TEST(Detector, SuspicionOfBeforeTheBlindnessIsForgotten) {
  Detector detector({});
  feed(detector, pass(0), fail(30), unknown(33), unknown(60));
  const Step step = feed(detector, fail(90));
  EXPECT_TRUE(step.confirm);
  EXPECT_EQ(detector.verdict().state, State::up);
  feed(detector, fail(93));
  EXPECT_EQ(detector.verdict().since, at(90));
}

TEST(Detector, UnknownSamplesDoNotBreakARecovery) {
  Detector detector({});
  feed(detector, fail(0), fail(3), pass(30), unknown(33), pass(60));
  EXPECT_EQ(detector.verdict().state, State::up);
}

TEST(Detector, VerdictThatWasNeverKnownSaysWhy) {
  Detector detector({});
  EXPECT_TRUE(detector.feed(unknown(0)).changed);
  EXPECT_EQ(detector.verdict(),
            (Verdict{State::unknown, at(0), at(0), Reason::agent_blind, "blind"}));
  EXPECT_FALSE(detector.feed(unknown(30)).changed);
}

TEST(Detector, FirstFailureOfAllIsNotYetDown) {
  Detector detector({});
  EXPECT_TRUE(detector.feed(fail(0)).confirm);
  EXPECT_EQ(detector.verdict().state, State::unknown);
  EXPECT_TRUE(detector.feed(pass(3)).confirm) << "one pass after a failure settles nothing either";
  EXPECT_EQ(detector.verdict().state, State::unknown);
  feed(detector, pass(6));
  EXPECT_EQ(detector.verdict().state, State::up);
}

TEST(Detector, RestoredDownStaysDownUntilItPasses) {
  Detector detector({}, down_since(-100));
  EXPECT_FALSE(detector.feed(fail(0, Reason::timeout)).changed);
  EXPECT_EQ(detector.verdict().since, at(-100));
  EXPECT_TRUE(detector.feed(pass(30)).confirm);
  EXPECT_EQ(detector.verdict().state, State::down);
  feed(detector, pass(33));
  EXPECT_EQ(detector.verdict().state, State::up);
}

TEST(Detector, RestoredDegradedGetsWorseByFailures) {
  Verdict degraded_before = down_since(-100);
  degraded_before.state = State::degraded;
  Detector detector({}, degraded_before);
  feed(detector, fail(0), fail(3));
  EXPECT_EQ(detector.verdict().state, State::down);
  EXPECT_EQ(detector.verdict().since, at(0));
}

TEST(Detector, ClockSetBackDoesNotMakeANewVerdictOlder) {
  Detector detector({});
  feed(detector, fail(0), fail(3), pass(-3600), pass(-3597));
  EXPECT_EQ(detector.verdict().state, State::up);
  EXPECT_GT(detector.verdict().decided, at(3));
  EXPECT_LE(detector.verdict().since, detector.verdict().decided);
}

TEST(Detector, PolicyOutOfBoundsIsDrawnIn) {
  Detector detector({.failures = 0, .of = -1, .passes = 0});
  feed(detector, fail(0));
  EXPECT_EQ(detector.verdict().state, State::down);
  feed(detector, pass(30));
  EXPECT_EQ(detector.verdict().state, State::up);
}

TEST(Detector, TakesLittleMemory) {
  EXPECT_LE(sizeof(Detector), 320U);
}

TEST(Verdict, StatesHaveStableWords) {
  for (const State state : {State::up, State::degraded, State::down, State::unknown}) {
    EXPECT_EQ(parse_state(text(state)), state);
  }
  EXPECT_EQ(text(State::degraded), "degraded");
  EXPECT_FALSE(parse_state("sideways").has_value());
}

}  // namespace
}  // namespace vedette::detect
