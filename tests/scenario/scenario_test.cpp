// SPDX-License-Identifier: Apache-2.0
// Plays every scenario of this folder, and holds its timeline against what it expects.
#include <algorithm>
#include <filesystem>
#include <map>
#include <ranges>

#include <gtest/gtest.h>

#include "agent/simulate/reader.h"
#include "agent/simulate/rehearsal.h"
#include "tests_config/paths.h"

namespace vedette::simulate {
namespace {

std::vector<std::string> scenario_files() {
  std::vector<std::string> names;
  const std::filesystem::path folder = std::filesystem::path(VEDETTE_SOURCE_DIR) / "tests/scenario";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem().string());
  }
  std::ranges::sort(names);
  return names;
}

class Scenarios : public testing::TestWithParam<std::string> {
 protected:
  std::optional<Scenario> read() {
    config::Problems problems;
    auto scenario = read_scenario(
        std::filesystem::path(VEDETTE_SOURCE_DIR) / "tests/scenario" / (GetParam() + ".yaml"),
        problems);
    EXPECT_TRUE(scenario.has_value()) << problems.text();
    return scenario;
  }
};

TEST_P(Scenarios, TellWhatTheyExpect) {
  const auto scenario = read();
  ASSERT_TRUE(scenario.has_value());
  ASSERT_TRUE(scenario->expect.has_value()) << "a scenario of ours has to expect something";
  const auto report = run(*scenario);
  ASSERT_TRUE(report.has_value()) << report.error();
  EXPECT_TRUE(report->differences.empty()) << as_text(*report);
}

TEST_P(Scenarios, HaveTimelinesWithoutHoleOrDouble) {
  const auto scenario = read();
  ASSERT_TRUE(scenario.has_value());
  const auto report = run(*scenario);
  ASSERT_TRUE(report.has_value()) << report.error();
  std::map<std::string, int> newest;
  for (const Told& told : report->timeline) {
    EXPECT_EQ(told.update.sequence, ++newest[told.incident]);
  }
  for (const incident::Incident& incident : report->incidents) {
    EXPECT_EQ(static_cast<int>(incident.updates.size()), newest[incident.id]);
    EXPECT_FALSE(incident.is_open()) << "every scenario of ours ends well";
  }
}

// Whatever is written afterwards, a postmortem above all.
TEST_P(Scenarios, KeepTheInstantAtWhichAnIncidentWasResolved) {
  const auto scenario = read();
  ASSERT_TRUE(scenario.has_value());
  const auto report = run(*scenario);
  ASSERT_TRUE(report.has_value()) << report.error();
  for (const incident::Incident& incident : report->incidents) {
    auto newest_first = incident.updates | std::views::reverse;
    const auto end =
        std::ranges::find(newest_first, incident::Status::resolved, &incident::Update::status);
    ASSERT_NE(end, newest_first.end());
    EXPECT_EQ(incident.resolved, end->at);
  }
}

TEST_P(Scenarios, AreTheSameEveryTime) {
  const auto scenario = read();
  ASSERT_TRUE(scenario.has_value());
  const auto first = run(*scenario);
  const auto second = run(*scenario);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(as_json(*first), as_json(*second));
}

std::string own_name(const testing::TestParamInfo<std::string>& scenario) {
  return scenario.param;
}

INSTANTIATE_TEST_SUITE_P(All, Scenarios, testing::ValuesIn(scenario_files()), own_name);

}  // namespace
}  // namespace vedette::simulate
