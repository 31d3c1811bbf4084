// SPDX-License-Identifier: Apache-2.0
#include "agent/pipeline/check_watch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "agent/metrics/agent_metrics.h"
#include "agent/metrics/exposition.h"

namespace vedette::pipeline {
namespace {

const ProbeType type{"http", nullptr, {}, {}};

Result result(Outcome outcome, Instant at) {
  Result made;
  made.outcome = outcome;
  made.started_at = at;
  if (outcome != Outcome::pass) {
    made.reason = Reason::connect_refused;
    made.message = "connect: refused";
    made.facts = {{"remote_address", "192.0.2.7"}};
  }
  return made;
}

struct Heard : Listener {
  void on_vote(incident::Vote vote) override { votes.push_back(std::move(vote)); }
  void on_memory(std::string_view part, std::string memory) override {
    (part == detect::of_probe   ? memories
     : part == detect::of_drift ? seen
                                : usual)
        .push_back(std::move(memory));
  }
  void on_observed(incident::Change change) override { changes.push_back(std::move(change)); }
  std::vector<incident::Vote> votes;
  std::vector<std::string> memories, seen, usual;
  std::vector<incident::Change> changes;
};

struct CheckWatchTest : testing::Test {
  static settings::Check login() {
    settings::Check check;
    check.name = "login";
    check.component = "portal";
    check.type = &type;
    check.detect = {.failures = 2, .of = 3, .passes = 2, .confirm_after = Duration{3000}};
    return check;
  }
  CheckWatch watch(detect::Verdict restored = {}, std::string memory = {}) {
    return CheckWatch(login(), series, {std::move(restored), std::move(memory), ""}, heard);
  }
  // Its failures wait for the rounds of `gate`.
  std::shared_ptr<CheckWatch> controlled() {
    gate->enable(true);
    return std::make_shared<CheckWatch>(login(), series, Restored{}, heard, gate);
  }
  std::optional<Duration> run(CheckWatch& watched, Outcome outcome) {
    watched.on_start({});
    return watched.on_result(result(outcome, next()));
  }
  void round(bool sees) { gate->note({Steady::now(), sees}); }
  Instant next() { return now += Duration{1000}; }
  std::string exposition() {
    const metrics::AgentMetrics agent("test");
    metrics::Exposition made(
        std::make_shared<std::vector<std::shared_ptr<metrics::CheckSeries>>>(1, series), agent,
        now);
    std::string text;
    while (made.next(text)) {
    }
    return text;
  }

  std::shared_ptr<metrics::CheckSeries> series = std::make_shared<metrics::CheckSeries>(
      metrics::CheckLabels{"login", "portal", "eu", "http"}, type);
  std::shared_ptr<Heard> heard = std::make_shared<Heard>();
  std::vector<incident::Vote>& votes = heard->votes;
  Instant now{Duration{1'000'000}};
  std::shared_ptr<control::Gate> gate = std::make_shared<control::Gate>([] {});
};

TEST_F(CheckWatchTest, AFailureWaitsForARoundOfTheControlsAndKeepsItsInstant) {
  const auto watched = controlled();
  run(*watched, Outcome::pass);
  run(*watched, Outcome::pass);
  EXPECT_EQ(run(*watched, Outcome::fail), Duration{3000}) << "it is confirmed meanwhile";
  const Instant first = now;
  run(*watched, Outcome::fail);
  ASSERT_EQ(votes.size(), 1U) << "nothing is believed yet";
  round(true);
  ASSERT_EQ(votes.size(), 2U);
  EXPECT_EQ(votes.back().verdict.state, detect::State::down);
  EXPECT_EQ(votes.back().verdict.since, first);
}

TEST_F(CheckWatchTest, WhatABlindAgentSawIsUnknown) {
  const auto watched = controlled();
  run(*watched, Outcome::pass);
  run(*watched, Outcome::fail);
  run(*watched, Outcome::fail);
  round(false);
  ASSERT_EQ(votes.size(), 2U);
  EXPECT_EQ(votes.back().verdict.state, detect::State::unknown);
  EXPECT_EQ(votes.back().verdict.reason, Reason::agent_blind);
}

TEST_F(CheckWatchTest, APassAfterAFailureThatWaitsIsNotJudgedBeforeIt) {
  const auto watched = controlled();
  run(*watched, Outcome::fail);
  run(*watched, Outcome::pass);
  run(*watched, Outcome::fail);
  EXPECT_TRUE(votes.empty());
  round(true);
  ASSERT_FALSE(votes.empty());
  EXPECT_EQ(votes.back().verdict.state, detect::State::down) << "two of three failed";
}

TEST_F(CheckWatchTest, OnlySoManyResultsWaitHoweverLongNoRoundComes) {
  const auto watched = controlled();
  run(*watched, Outcome::pass);
  run(*watched, Outcome::fail);
  for (int i = 0; i < 10; ++i) run(*watched, Outcome::pass);
  EXPECT_THAT(exposition(), testing::HasSubstr("reason=\"agent_late\""));
  for (int i = 0; i < 10; ++i) run(*watched, Outcome::fail);
  EXPECT_NE(votes.back().verdict.state, detect::State::down) << "nothing proves that it saw";
}

TEST_F(CheckWatchTest, AFailureOfARunToWhichNobodyAttendedIsUnknown) {
  auto check = login();
  check.timeout = Duration{-10'000};  // as if it had run out long ago
  CheckWatch watched(check, series, {}, heard);
  run(watched, Outcome::fail);
  run(watched, Outcome::fail);
  ASSERT_EQ(votes.size(), 1U);
  EXPECT_EQ(votes.back().verdict.state, detect::State::unknown);
  EXPECT_EQ(votes.back().verdict.reason, Reason::agent_late);
}

TEST_F(CheckWatchTest, VotesOnlyWhenTheVerdictChanges) {
  auto watched = watch();
  for (int i = 0; i < 5; ++i) watched.on_result(result(Outcome::pass, next()));
  ASSERT_EQ(votes.size(), 1U);
  EXPECT_EQ(votes.front().verdict.state, detect::State::up);
  watched.on_result(result(Outcome::fail, next()));
  watched.on_result(result(Outcome::fail, next()));
  ASSERT_EQ(votes.size(), 2U);
  EXPECT_EQ(votes.back().verdict.state, detect::State::down);
  EXPECT_EQ(votes.back().check, "login");
  EXPECT_EQ(votes.back().component, "portal");
  EXPECT_EQ(votes.back().region, "eu");
  EXPECT_EQ(votes.back().probe, "http");
}

TEST_F(CheckWatchTest, TheVoteOfAFailureBringsItsEvidenceAndThatOfARecoveryNone) {
  auto watched = watch();
  watched.on_result(result(Outcome::fail, next()));
  watched.on_result(result(Outcome::fail, next()));
  ASSERT_EQ(votes.size(), 1U);
  EXPECT_EQ(votes.back().verdict.message, "connect: refused");
  EXPECT_EQ(votes.back().verdict.evidence, "remote_address: 192.0.2.7");
  watched.on_result(result(Outcome::pass, next()));
  watched.on_result(result(Outcome::pass, next()));
  ASSERT_EQ(votes.size(), 2U);
  EXPECT_EQ(votes.back().verdict.evidence, "");
}

TEST_F(CheckWatchTest, AsksForAQuickConfirmationOfTheFirstFailureOnly) {
  auto watched = watch();
  EXPECT_FALSE(watched.on_result(result(Outcome::pass, next())));
  EXPECT_EQ(watched.on_result(result(Outcome::fail, next())), Duration{3000});
  EXPECT_FALSE(watched.on_result(result(Outcome::fail, next())));
}

TEST_F(CheckWatchTest, ARestoredOutageGoesOnUntilItPasses) {
  auto watched = watch({.state = detect::State::down,
                        .since = now,
                        .decided = now,
                        .reason = Reason::timeout,
                        .message = "x"});
  watched.on_result(result(Outcome::pass, next()));
  EXPECT_TRUE(votes.empty());
  watched.on_result(result(Outcome::pass, next()));
  ASSERT_EQ(votes.size(), 1U);
  EXPECT_EQ(votes.front().verdict.state, detect::State::up);
}

TEST_F(CheckWatchTest, EveryResultAndSkippedRunIsCounted) {
  auto watched = watch();
  watched.on_result(result(Outcome::pass, next()));
  watched.on_result(result(Outcome::fail, next()));
  watched.on_skipped(3);
  const auto text = exposition();
  EXPECT_NE(text.find("outcome=\"fail\",reason=\"connect_refused\"} 1\n"), std::string::npos)
      << text;
  EXPECT_NE(text.find("vedette_check_skipped_runs_total{check=\"login\",component=\"portal\","
                      "region=\"eu\",probe=\"http\"} 3\n"),
            std::string::npos)
      << text;
}

TEST_F(CheckWatchTest, KeepsWhatARunRemembersUntilAnotherRemembersSomethingElse) {
  auto watched = watch({}, "of before the start");
  EXPECT_EQ(watched.memory(), "of before the start");
  const auto run = [&](std::optional<std::string> memory) {
    Result made = result(Outcome::pass, next());
    made.memory = std::move(memory);
    watched.on_result(std::move(made));
    return watched.memory();
  };
  EXPECT_EQ(run("12 messages"), "12 messages");
  EXPECT_EQ(run(std::nullopt), "12 messages");
  EXPECT_EQ(run(std::string(longest_memory + 1, 'x')), "12 messages") << "too long is refused";
  EXPECT_EQ(run(std::string(longest_memory, 'x')).size(), longest_memory);
  EXPECT_EQ(run("13 messages"), "13 messages");
  EXPECT_EQ(run("13 messages"), "13 messages");
  EXPECT_EQ(run(""), "");
  EXPECT_THAT(heard->memories, testing::ElementsAre("12 messages", testing::SizeIs(longest_memory),
                                                    "13 messages", ""))
      << "told when it is another one, not at every run";
}

struct LookoutTest : CheckWatchTest {
  CheckWatch lookout(const std::string& seen = "") {
    auto check = login();
    check.watched = {{"remote address", sights::Sight::Fact{"remote_address", true}}};
    return CheckWatch(check, series, {{}, "", seen}, heard);
  }
  void see(CheckWatch& watched, const std::string& address, Outcome outcome = Outcome::pass) {
    Result made = result(outcome, next());
    made.facts = {{"remote_address", address}};
    watched.on_result(std::move(made));
  }
};

TEST_F(LookoutTest, WhatIsSeenToBeOtherwiseIsAChangeOfTheComponent) {
  auto watched = lookout();
  see(watched, "192.0.2.1");
  EXPECT_TRUE(heard->changes.empty());
  see(watched, "192.0.2.2", Outcome::fail);
  ASSERT_EQ(heard->changes.size(), 1U);
  const auto& change = heard->changes[0];
  EXPECT_EQ(change.kind, incident::ChangeKind::observed);
  EXPECT_EQ(change.at, now) << "when it was seen first";
  EXPECT_EQ(change.text, "the remote address changed");
  EXPECT_EQ(change.author, "check login in eu");
  EXPECT_EQ(change.before, "192.0.2.1");
  EXPECT_EQ(change.after, "192.0.2.2");
  EXPECT_EQ(change.components, std::vector<std::string>{"portal"});
  EXPECT_FALSE(change.is_public) << "an address is nothing for customers";
  EXPECT_EQ(change.id, incident::change_id(change));
}

TEST_F(LookoutTest, RemembersThroughARestartAndTellsOnlyWhatIsNew) {
  auto before = lookout();
  see(before, "192.0.2.1");
  see(before, "192.0.2.1");
  ASSERT_EQ(heard->seen.size(), 1U) << "told when it is another one, not at every run";
  auto after = lookout(heard->seen.back());
  see(after, "192.0.2.1");
  EXPECT_TRUE(heard->changes.empty());
  see(after, "192.0.2.9");
  ASSERT_EQ(heard->changes.size(), 1U);
  EXPECT_EQ(heard->changes[0].before, "192.0.2.1");
}

TEST_F(LookoutTest, ACheckThatWatchesNothingRemembersNothing) {
  auto watched = watch();
  see(watched, "192.0.2.1");
  see(watched, "192.0.2.2");
  EXPECT_TRUE(heard->changes.empty());
  EXPECT_TRUE(heard->seen.empty());
}

TEST_F(CheckWatchTest, ReadsWhatPassedOnlyToFindChangesOrADegradation) {
  auto check = login();
  EXPECT_TRUE(CheckWatch::reads_only_trouble(check));
  check.detect.slower.on = true;
  EXPECT_FALSE(CheckWatch::reads_only_trouble(check));
  check = login();
  check.watched.emplace_back();
  EXPECT_FALSE(CheckWatch::reads_only_trouble(check));
}

TEST_F(CheckWatchTest, APassThatIsSlowerThanUsualIsDegradedAndAFailureStaysOne) {
  auto check = login();
  check.detect.slower.on = true;
  CheckWatch watched(check, series, {}, heard);
  const auto run = [&](Duration lasting, Microseconds took, Outcome outcome = Outcome::pass) {
    for (const Instant end = now + lasting; now < end; now += std::chrono::minutes{1}) {
      Result made = result(outcome, now);
      made.duration = took;
      watched.on_result(std::move(made));
    }
  };
  run(std::chrono::hours{96}, std::chrono::milliseconds{100});
  ASSERT_EQ(votes.back().verdict.state, detect::State::up);
  ASSERT_FALSE(heard->usual.empty());
  run(std::chrono::minutes{33}, std::chrono::milliseconds{400});
  EXPECT_EQ(votes.back().verdict.state, detect::State::degraded);
  EXPECT_EQ(votes.back().verdict.reason, Reason::slower_than_usual);
  EXPECT_EQ(votes.back().verdict.message, "it takes 400 ms, usually 100 ms at this time of day");
  run(std::chrono::minutes{5}, std::chrono::milliseconds{400}, Outcome::fail);
  EXPECT_EQ(votes.back().verdict.reason, Reason::connect_refused);
}

}  // namespace
}  // namespace vedette::pipeline
