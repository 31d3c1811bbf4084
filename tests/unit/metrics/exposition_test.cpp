// SPDX-License-Identifier: Apache-2.0
#include "agent/metrics/exposition.h"

#include <map>
#include <set>
#include <sstream>

#include <gmock/gmock.h>

#include "tests/support/process.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/metrics/sample_checks.h"

namespace vedette::metrics {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string login = R"({check="login",component="portal",region="eu-west",probe="http"})";

std::string with(const std::string& more) {
  return login.substr(0, login.size() - 1) + "," + more + "}";
}

// "name{labels}" -> value. Fails the test when a series stands there twice.
std::map<std::string, std::string> samples(const std::string& text) {
  std::map<std::string, std::string> found;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("#")) continue;
    const auto space = line.rfind(' ');
    EXPECT_TRUE(found.emplace(line.substr(0, space), line.substr(space + 1)).second) << line;
  }
  return found;
}

std::string family_of(std::string name) {
  for (const std::string suffix : {"_bucket", "_sum", "_count"}) {
    if (name.ends_with(suffix)) name.resize(name.size() - suffix.size());
  }
  return name;
}

TEST(Exposition, ACheckThatNeverRanHasNoMeasuredValues) {
  const auto text = render(list_of({make_series("login")}));
  const auto found = samples(text);
  EXPECT_FALSE(found.contains("probe_success" + login));
  EXPECT_THAT(text, Not(HasSubstr("probe_http_status_code")));
  EXPECT_EQ(found.at("vedette_check_verdict" + login), "-1");
  EXPECT_EQ(found.at("vedette_check_results_total" + with(R"(outcome="pass",reason="")")), "0");
}

TEST(Exposition, AResultFillsTheGaugesOfItsType) {
  auto series = make_series("login");
  series->record(passed());
  const auto found = samples(render(list_of({series})));
  EXPECT_EQ(found.at("probe_success" + login), "1");
  EXPECT_EQ(found.at("probe_duration_seconds" + login), "0.0015");
  EXPECT_EQ(found.at("probe_http_status_code" + login), "200");
  EXPECT_EQ(found.at("probe_http_duration_seconds" + with(R"(phase="connect")")), "0.25");
  EXPECT_FALSE(found.contains("probe_http_duration_seconds" + with(R"(phase="transfer")")));
  EXPECT_EQ(found.at("probe_tls_version_info" + with(R"(version="TLS 1.3")")), "1");
}

TEST(Exposition, WhatARunDidNotSeeIsGone) {
  auto series = make_series("login");
  series->record(passed());
  Result short_result = ended(Outcome::fail, Reason::connect_refused);
  short_result.gauges = {};
  short_result.infos = {};
  series->record(short_result);
  const auto text = render(list_of({series}));
  EXPECT_THAT(text, Not(HasSubstr("probe_http_status_code")));
  EXPECT_THAT(text, Not(HasSubstr("probe_tls_version_info")));
}

TEST(Exposition, OutcomesAreCountedByReason) {
  auto series = make_series("login");
  series->record(passed());
  series->record(passed());
  series->record(ended(Outcome::fail, Reason::connect_refused));
  series->record(ended(Outcome::degraded, Reason::expectation_failed));
  series->record(ended(Outcome::unknown, Reason::agent_blind));
  const auto found = samples(render(list_of({series})));
  const std::string name = "vedette_check_results_total";
  EXPECT_EQ(found.at(name + with(R"(outcome="pass",reason="")")), "2");
  EXPECT_EQ(found.at(name + with(R"(outcome="fail",reason="connect_refused")")), "1");
  EXPECT_EQ(found.at(name + with(R"(outcome="degraded",reason="expectation_failed")")), "1");
  EXPECT_EQ(found.at(name + with(R"(outcome="unknown",reason="agent_blind")")), "1");
  EXPECT_FALSE(found.contains(name + with(R"(outcome="fail",reason="timeout")")));
}

TEST(Exposition, FailuresAreCountedFromZeroWhateverTheirReason) {
  auto series = make_series("login");
  const auto failures = [&] {
    return samples(render(list_of({series}))).at("vedette_check_failures_total" + login);
  };
  EXPECT_EQ(failures(), "0");
  series->record(ended(Outcome::degraded, Reason::expectation_failed));
  series->record(ended(Outcome::unknown, Reason::agent_blind));
  EXPECT_EQ(failures(), "0");
  series->record(ended(Outcome::fail, Reason::connect_refused));
  Result silent = passed();
  silent.outcome = Outcome::fail;
  series->record(silent);
  EXPECT_EQ(failures(), "2");
}

TEST(Exposition, UnknownIsNeverShownAsFailure) {
  auto series = make_series("login");
  series->record(ended(Outcome::fail, Reason::timeout));
  series->record(ended(Outcome::unknown, Reason::agent_blind));
  const auto found = samples(render(list_of({series})));
  EXPECT_FALSE(found.contains("probe_success" + login));
  EXPECT_FALSE(found.contains("probe_duration_seconds" + login));
  EXPECT_EQ(found.at("vedette_check_duration_seconds_count" + login), "1");
}

TEST(Exposition, DegradedCountsAsSuccess) {
  auto series = make_series("login");
  series->record(ended(Outcome::degraded, Reason::expectation_failed));
  EXPECT_EQ(samples(render(list_of({series}))).at("probe_success" + login), "1");
}

TEST(Exposition, TheVerdictIsANumberThatGrowsWithTheTrouble) {
  auto series = make_series("login");
  const auto shown = [&](detect::State state) {
    detect::Verdict verdict;
    verdict.state = state;
    series->record(verdict);
    return samples(render(list_of({series}))).at("vedette_check_verdict" + login);
  };
  EXPECT_EQ(shown(detect::State::up), "0");
  EXPECT_EQ(shown(detect::State::degraded), "1");
  EXPECT_EQ(shown(detect::State::down), "2");
  EXPECT_EQ(shown(detect::State::unknown), "-1");
}

TEST(Exposition, TheHistogramIsCumulativeAndItsBoundsBelongToTheBucketBelow) {
  auto series = make_series("login");
  series->record(passed(Microseconds{5'000}));
  series->record(passed(Microseconds{700'000}));
  series->record(passed(Microseconds{60'000'000}));
  const auto found = samples(render(list_of({series})));
  const std::string bucket = "vedette_check_duration_seconds_bucket";
  EXPECT_EQ(found.at(bucket + with(R"(le="0.005")")), "1");
  EXPECT_EQ(found.at(bucket + with(R"(le="0.5")")), "1");
  EXPECT_EQ(found.at(bucket + with(R"(le="1")")), "2");
  EXPECT_EQ(found.at(bucket + with(R"(le="30")")), "2");
  EXPECT_EQ(found.at(bucket + with(R"(le="+Inf")")), "3");
  EXPECT_EQ(found.at("vedette_check_duration_seconds_count" + login), "3");
  EXPECT_EQ(found.at("vedette_check_duration_seconds_sum" + login), "60.705");
}

TEST(Exposition, SkippedRunsAreCounted) {
  auto series = make_series("login");
  series->record_skipped();
  series->record_skipped(3);
  EXPECT_EQ(samples(render(list_of({series}))).at("vedette_check_skipped_runs_total" + login), "4");
}

TEST(Exposition, TheInfoMetricNamesComponentAndGroup) {
  EXPECT_THAT(render(list_of({make_series("login")})),
              HasSubstr("vedette_check_info" +
                        with(R"(component_name="Customer Portal",group="Portal")") + " 1\n"));
}

TEST(Exposition, NamesSharedByProbeTypesStandTogetherUnderOneHead) {
  auto web = make_series("a", web_type), dns = make_series("b", dns_type), more = make_series("c");
  for (const auto& series : {web, more}) series->record(passed());
  Result answered = passed();
  answered.gauges = {3, 6};
  dns->record(answered);
  std::istringstream lines(render(list_of({web, dns, more})));
  std::set<std::string> closed;
  std::string current;
  for (std::string line; std::getline(lines, line);) {
    std::string name = line.starts_with("# ") ? line.substr(7, line.find(' ', 7) - 7)
                                              : family_of(line.substr(0, line.find_first_of("{ ")));
    if (name == current) continue;
    EXPECT_TRUE(closed.insert(name).second) << name << " is in two places";
    current = name;
  }
  EXPECT_TRUE(closed.contains("probe_ip_protocol"));
}

TEST(Exposition, LabelValuesAreEscaped) {
  EXPECT_THAT(render(list_of({make_series("a \"b\"\\\n")})), HasSubstr(R"({check="a \"b\"\\\n",)"));
}

TEST(Exposition, WithoutChecksOnlyTheAgentIsShown) {
  const auto text = render(nullptr);
  EXPECT_THAT(text, HasSubstr("vedette_build_info{version=\"test\"} 1\n"));
  EXPECT_THAT(text, Not(HasSubstr("vedette_check_")));
}

// Without what the agent says of itself, its processor time among it.
std::string of_the_checks(const std::string& text) {
  return text.substr(text.find("# HELP probe_success"));
}

TEST(Exposition, ManyChecksComeInChunksThatJoinToTheSameText) {
  std::vector<std::shared_ptr<CheckSeries>> many;
  for (int i = 0; i < 400; ++i) {
    many.push_back(make_series("check-" + std::to_string(i)));
    many.back()->record(passed());
  }
  const auto list = list_of(many);
  const AgentMetrics agent("test");
  Exposition exposition(list, agent, now);
  std::string joined;
  int chunks = 1;
  for (std::string chunk; exposition.next(chunk); chunk.clear()) {
    EXPECT_LT(chunk.size(), Exposition::chunk_bytes + 16'384);
    joined += chunk;
    ++chunks;
  }
  EXPECT_GT(chunks, 5);
  EXPECT_TRUE(of_the_checks(render(list, agent)).starts_with(of_the_checks(joined)));
  EXPECT_EQ(samples(joined).count("probe_success" + login), 0U);
}

TEST(Exposition, PromtoolFindsNothingToSay) {
  auto web = make_series("a \"b\"\\\n"), dns = make_series("b", dns_type);
  web->record(passed());
  web->record(ended(Outcome::fail, Reason::connect_refused));
  Result answered = passed();
  answered.gauges = {3, 6};
  dns->record(answered);
  AgentMetrics agent("test");
  agent.introduce("probe-1", "eu-west", "https://status.test");
  incident::Incident outage;
  outage.id = "abc";
  outage.title = "A \"title\"\\";
  outage.resolved = now;
  outage.components.emplace_back().component = "portal";
  agent.see({outage}, {{"portal", incident::ComponentStatus::operational}});
  const test::TempDir dir;
  const auto file = dir.write("metrics.txt", render(list_of({web, dns}), agent));
  const auto said = dir / "said.txt";
  test::Process promtool({.command = {"sh", "-c", "promtool check metrics < " + file.string()},
                          .environment = {},
                          .output = said,
                          .directory = {},
                          .inherit = {}});
  EXPECT_EQ(promtool.wait(std::chrono::seconds(30)), 0);
  EXPECT_EQ(promtool.output(), "");
}

}  // namespace
}  // namespace vedette::metrics
