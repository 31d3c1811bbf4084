// SPDX-License-Identifier: Apache-2.0
// The real outages again, with the agent killed at steps of their timelines, reloaded in the
// middle, with lost results and in another order: the same incidents, no more, no fewer, and none
// left open.
#include <algorithm>
#include <filesystem>
#include <set>

#include <gtest/gtest.h>

#include "agent/simulate/reader.h"
#include "agent/simulate/rehearsal.h"
#include "tests_config/paths.h"

namespace vedette::simulate {
namespace {

class RealOutages : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    config::Problems problems;
    auto read = read_scenario(std::filesystem::path(VEDETTE_SOURCE_DIR) / "tests/scenario" /
                                  (std::string(GetParam()) + ".yaml"),
                              problems);
    ASSERT_TRUE(read) << problems.text();
    scenario_ = *std::move(read);
    auto played = run(scenario_);
    ASSERT_TRUE(played) << played.error();
    base_ = *std::move(played);
  }

  void expect_the_same_incidents(const Scenario& varied, const std::string& how) {
    const auto report = run(varied);
    ASSERT_TRUE(report) << report.error();
    ASSERT_EQ(report->incidents.size(), base_.incidents.size()) << how << "\n" << as_text(*report);
    for (std::size_t i = 0; i < base_.incidents.size(); ++i) {
      const auto& one = report->incidents[i];
      const auto& before = base_.incidents[i];
      EXPECT_FALSE(one.is_open()) << how << "\n" << as_text(*report);
      EXPECT_EQ(one.group, before.group) << how;
      EXPECT_EQ(one.components.size(), before.components.size()) << how;
      EXPECT_LE(std::chrono::abs(one.impact_began - before.impact_began), std::chrono::minutes(15))
          << how;
    }
  }

  Scenario scenario_;
  Report base_;
};

constexpr std::size_t kills = 5;  // each is a whole rehearsal

TEST_P(RealOutages, AreTheSameWhenTheAgentIsKilledAtAnyStep) {
  std::set<Instant> steps;
  for (const Told& told : base_.timeline) {
    if (told.update.is_public)
      steps.insert(std::chrono::floor<std::chrono::minutes>(told.update.at));
  }
  std::size_t number = 0;
  for (const Instant step : steps) {
    if (number++ % (steps.size() / kills + 1) != 0) continue;
    Scenario varied = scenario_;
    varied.restarts.push_back({step + std::chrono::seconds(30), std::chrono::seconds(20)});
    expect_the_same_incidents(varied, "killed at " + format_instant(step));
  }
}

TEST_P(RealOutages, AreTheSameWithAReloadInTheMiddle) {
  Scenario varied = scenario_;
  Plan plan = scenario_.plan;
  for (CheckPlan& check : plan.checks) check.fingerprint += " edited";
  varied.reloads.push_back({scenario_.start + (scenario_.end - scenario_.start) / 2, plan});
  expect_the_same_incidents(varied, "reloaded");
}

// A run in ten could not tell, by chance, all the time: results are lost, and nothing else is.
TEST_P(RealOutages, AreTheSameWhenResultsAreLost) {
  Scenario varied = scenario_;
  Fault lost;
  lost.from = scenario_.start;
  lost.until = scenario_.end;
  lost.outcome = Outcome::unknown;
  lost.reason = Reason::agent_late;
  lost.share = 0.1;
  lost.hides = false;
  varied.faults.push_back(lost);
  expect_the_same_incidents(varied, "every tenth result lost");
}

// Checks and components stand in another order in the configuration, so results come in another
// order too.
TEST_P(RealOutages, AreTheSameInAnotherOrder) {
  Scenario varied = scenario_;
  std::ranges::reverse(varied.plan.checks);
  std::ranges::reverse(varied.plan.components);
  expect_the_same_incidents(varied, "reversed");
}

INSTANTIATE_TEST_SUITE_P(All, RealOutages,
                         testing::Values("hotel_writes_break", "mailbox_eaten",
                                         "one_region_now_and_then", "database_behind_the_web",
                                         "one_card_brand"),
                         [](const auto& outage) { return std::string(outage.param); });

}  // namespace
}  // namespace vedette::simulate
