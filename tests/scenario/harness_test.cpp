// SPDX-License-Identifier: Apache-2.0
// The parts of the harness: moments as text, faults, and what a rehearsal does with them.
#include <gmock/gmock.h>
#include <unistd.h>

#include "agent/simulate/faults.h"
#include "agent/simulate/instant_text.h"
#include "tests/scenario/rehearse.h"

namespace vedette::simulate::test {
namespace {

using namespace std::chrono_literals;

constexpr Instant ten{std::chrono::sys_days{std::chrono::year{2026} / 11 / 8} + 10h};

TEST(Moment, IsATimeOfDayADurationOrAnInstant) {
  EXPECT_EQ(parse_moment("10:02", ten), ten + 2min);
  EXPECT_EQ(parse_moment("10:02:30", ten), ten + 2min + 30s);
  EXPECT_EQ(parse_moment("10:02:30.250", ten), ten + 2min + 30250ms);
  EXPECT_EQ(parse_moment("2m30s", ten), ten + 150s);
  EXPECT_EQ(parse_moment("2026-11-08T10:02:00Z", ten), ten + 2min);
  EXPECT_EQ(parse_moment("2026-11-08T10:02:00.001Z", ten), ten + 2min + 1ms);
  EXPECT_EQ(parse_moment("2026-11-08T12:02:00+02:00", ten), ten + 2min);
}

TEST(Moment, TimeOfDayBeforeTheStartIsOfTheNextDay) {
  EXPECT_EQ(parse_moment("09:00", ten), ten + 23h);
}

TEST(Moment, AnythingElseIsRefused) {
  for (const char* text : {"", "10", "10:2", "24:00", "10:60", "10:00:60", "-1:00", "10:02:30.5",
                           "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-11-08T10:00:00",
                           "2026-11-08 10:00:00Z", "+1:00", "10:02x"}) {
    EXPECT_FALSE(parse_moment(text, ten).has_value()) << text;
  }
}

CheckPlan check_of(const std::string& name) {
  CheckPlan check;
  check.name = name;
  return check;
}

Fault fault_of(Reason reason) {
  Fault fault;
  fault.from = ten;
  fault.until = ten + 1min;
  fault.outcome = vedette::Outcome::fail;
  fault.reason = reason;
  return fault;
}

TEST(Faults, ActFromTheirBeginToBeforeTheirEnd) {
  const std::vector<Fault> list{fault_of(Reason::timeout)};
  Faults faults(list);
  const auto outcome = [&](Instant at) {
    return faults.look(check_of("a"), "eu", at).sample.outcome;
  };
  EXPECT_EQ(outcome(ten - 1ms), vedette::Outcome::pass);
  EXPECT_EQ(outcome(ten), vedette::Outcome::fail);
  EXPECT_EQ(outcome(ten + 1min - 1ms), vedette::Outcome::fail);
  EXPECT_EQ(outcome(ten + 1min), vedette::Outcome::pass);
}

TEST(Faults, StrikeOnlyTheChecksAndRegionsTheyName) {
  std::vector<Fault> list{fault_of(Reason::timeout)};
  list[0].checks = {"a"};
  list[0].regions = {"eu"};
  Faults faults(list);
  EXPECT_EQ(faults.look(check_of("a"), "eu", ten).sample.outcome, vedette::Outcome::fail);
  EXPECT_EQ(faults.look(check_of("a"), "us", ten).sample.outcome, vedette::Outcome::pass);
  EXPECT_EQ(faults.look(check_of("b"), "eu", ten).sample.outcome, vedette::Outcome::pass);
}

TEST(Faults, LaterOnesOutweighEarlierOnes) {
  const std::vector<Fault> list{fault_of(Reason::timeout), fault_of(Reason::auth_failed)};
  Faults faults(list);
  EXPECT_EQ(faults.look(check_of("a"), "eu", ten).sample.reason, Reason::auth_failed);
}

TEST(Faults, IntermittentOnesStrikeTheFirstAndEveryNthRunOfEachCheck) {
  std::vector<Fault> list{fault_of(Reason::timeout)};
  list[0].every_nth = 3;
  Faults faults(list);
  std::string a, b;
  for (int i = 0; i < 6; ++i) {
    const Instant at = ten + i * 5s;
    a += faults.look(check_of("a"), "eu", at).sample.outcome == vedette::Outcome::fail ? 'F' : 'P';
    if (i % 2 == 1) continue;
    b += faults.look(check_of("b"), "eu", at).sample.outcome == vedette::Outcome::fail ? 'F' : 'P';
  }
  EXPECT_EQ(a, "FPPFPP");
  EXPECT_EQ(b, "FPP");
}

TEST(Faults, AShareOfTheRunsIsStruckByChanceAndTheSameOnesEachTime) {
  std::vector<Fault> list{fault_of(Reason::timeout)};
  list[0].until = ten + 100h;
  list[0].share = 0.25;
  const auto strikes = [&](const std::string& check) {
    Faults faults(list);
    std::string all;
    for (int i = 0; i < 2000; ++i) {
      const auto found = faults.look(check_of(check), "eu", ten + i * 30s);
      all += found.sample.outcome == vedette::Outcome::fail ? 'F' : 'P';
    }
    return all;
  };
  const auto a = strikes("a");
  EXPECT_NEAR(static_cast<double>(std::ranges::count(a, 'F')), 500, 60);
  EXPECT_EQ(a, strikes("a"));
  EXPECT_NE(a, strikes("b"));
  int in_a_row = 0;
  for (std::size_t i = 1; i < a.size(); ++i) in_a_row += a[i - 1] == 'F' && a[i] == 'F' ? 1 : 0;
  EXPECT_NEAR(in_a_row, 125, 40) << "one run says nothing about the next";
}

TEST(Faults, RunsThatTakeTooLongEndInATimeoutOnTime) {
  std::vector<Fault> list{fault_of(Reason::timeout)};
  list[0].outcome.reset();
  list[0].reason.reset();
  list[0].takes = 7s;
  Faults faults(list);
  const Found found = faults.look(check_of("a"), "eu", ten);
  EXPECT_EQ(found.takes, Duration{5s});
  EXPECT_EQ(found.sample.outcome, vedette::Outcome::fail);
  EXPECT_EQ(found.sample.reason, Reason::timeout);
  list[0].takes = 3s;
  EXPECT_EQ(faults.look(check_of("a"), "eu", ten).sample.outcome, vedette::Outcome::pass);
}

TEST(Rehearsal, RunsEachCheckOncePerInterval) {
  EXPECT_EQ(rehearse(one_check).runs, 60U);
}

TEST(Rehearsal, KilledAgentRunsNothing) {
  const Report report = rehearse(one_check + "timeline: [{at: 2m, restart: true, for: 5m}]\n");
  EXPECT_NEAR(static_cast<double>(report.runs), 30, 1);
}

TEST(Rehearsal, FirstFailureIsAskedAgainQuickly) {
  const Report report =
      rehearse(one_check + "timeline: [{at: 2m, fails: timeout, every_nth: 100, for: 5s}]\n");
  EXPECT_LE(report.runs, 61U);
  EXPECT_TRUE(report.timeline.empty());
}

TEST(Rehearsal, RestartOnDiskTellsTheSameAsNoRestartWhenItIsShort) {
  const std::string fault = "  - {at: 2m, fails: timeout, for: 3m}\n";
  const Report plain = rehearse(one_check + "timeline:\n" + fault);
  const Report restarted =
      rehearse(one_check + "timeline:\n" + fault + "  - {at: 3m, restart: true, for: 1s}\n");
  ASSERT_EQ(plain.timeline.size(), restarted.timeline.size());
  EXPECT_EQ(plain.timeline[0].incident, restarted.timeline[0].incident);
  EXPECT_EQ(plain.timeline[0].update, restarted.timeline[0].update);
}

TEST(Rehearsal, LeavesNoFolderBehind) {
  const auto folders = [] {
    std::size_t count = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::filesystem::temp_directory_path())) {
      count += entry.path().filename().string().starts_with("vedette-simulate-" +
                                                            std::to_string(getpid()) + "-");
    }
    return count;
  };
  rehearse(one_check + "timeline: [{at: 2m, restart: true}]\n");
  EXPECT_EQ(folders(), 0U);
}

TEST(Rehearsal, OutageThatDoesNotEndIsShownAsOpen) {
  const Report report = rehearse(one_check + "timeline: [{at: 2m, fails: timeout}]\n");
  ASSERT_EQ(report.incidents.size(), 1U);
  EXPECT_TRUE(report.incidents[0].is_open());
  EXPECT_THAT(as_text(report), testing::HasSubstr("still investigating at the end"));
}

}  // namespace
}  // namespace vedette::simulate::test
