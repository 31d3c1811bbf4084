// SPDX-License-Identifier: Apache-2.0
// vedette simulate: what it prints, and the exit codes that a script goes by.
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gmock/gmock.h>

#include "tests/scenario/rehearse.h"

namespace vedette::simulate::test {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string outage = one_check + R"(
timeline:
  - {at: "10:02:00", check: login-page, fails: connect_refused, for: 2m}
)";

TEST(SimulateCommand, PrintsTheTimelineAndTheInstants) {
  const auto done = simulate_text(outage);
  EXPECT_EQ(done.exit_code, 0) << done.err;
  EXPECT_THAT(done.out, HasSubstr("We are investigating a problem with Login."));
  EXPECT_THAT(done.out, HasSubstr("monitoring, critical"));
  EXPECT_THAT(done.out, HasSubstr("impact began 2026-11-08 10:02:0"));
  EXPECT_THAT(done.out, HasSubstr("resolved     2026-11-08 10:05:0"));
  EXPECT_THAT(done.out, Not(HasSubstr("expected")));
  EXPECT_EQ(done.err, "");
}

TEST(SimulateCommand, PrintsJson) {
  const auto done = simulate_text(outage, true);
  EXPECT_EQ(done.exit_code, 0) << done.err;
  const auto report = boost::json::parse(done.out).as_object();
  EXPECT_TRUE(report.at("as_expected").as_bool());
  const auto& timeline = report.at("timeline").as_array();
  ASSERT_EQ(timeline.size(), 5U);
  EXPECT_EQ(timeline[0].at("status"), "investigating");
  EXPECT_EQ(timeline[0].at("public"), true);
  EXPECT_EQ(timeline[0].at("components").at(0).at("new_status"), "major_outage");
  EXPECT_EQ(timeline[1].at("public"), false);
  EXPECT_EQ(timeline[4].at("status"), "resolved");
  EXPECT_EQ(report.at("incidents").at(0).at("id"), timeline[0].at("incident"));
  EXPECT_FALSE(report.at("incidents").at(0).at("mitigated").is_null());
}

TEST(SimulateCommand, SaysSoWhenAllIsAsExpected) {
  const auto done = simulate_text(outage + R"(
others_allowed: true
expect: [{at: "10:02:08", within: 8s, status: investigating}]
)");
  EXPECT_EQ(done.exit_code, 0) << done.out;
  EXPECT_THAT(done.out, HasSubstr("As expected: 1 expectation met."));
}

TEST(SimulateCommand, TellsEveryDifferenceClearly) {
  const auto done = simulate_text(outage + R"(
expect:
  - {at: "10:02:08", within: 8s, status: investigating, impact: minor, text: Payments, components: {login: partial_outage}}
  - {at: "10:04:08", within: 8s, status: monitoring}
  - {at: "10:09:00", status: resolved}
)");
  EXPECT_EQ(done.exit_code, 1);
  EXPECT_THAT(done.out,
              HasSubstr("scenario.yaml:12:5: no such update at 2026-11-08T10:02:08.000Z"));
  EXPECT_THAT(done.out, HasSubstr("impact is critical, expected minor"));
  EXPECT_THAT(done.out, HasSubstr("text lacks \"Payments\""));
  EXPECT_THAT(done.out, HasSubstr("component login is major_outage, expected partial_outage"));
  EXPECT_THAT(done.out, HasSubstr("allowed are 5s"));
  EXPECT_THAT(done.out, HasSubstr("not expected: 2026-11-08T10:05:0"));
  EXPECT_THAT(done.out, HasSubstr("Not as expected: 4 differences."));
}

TEST(SimulateCommand, AnEmptyExpectationForbidsEveryPublicUpdate) {
  EXPECT_EQ(simulate_text(outage + "expect: []\n").exit_code, 1);
  EXPECT_EQ(simulate_text(one_check + "expect: []\n").exit_code, 0);
}

TEST(SimulateCommand, OneUpdateMeetsOnlyOneExpectation) {
  const auto done = simulate_text(outage + R"(
others_allowed: true
expect:
  - {at: "10:02:08", within: 8s, status: investigating}
  - {at: "10:02:08", within: 8s, status: investigating}
)");
  EXPECT_EQ(done.exit_code, 1);
  EXPECT_THAT(done.out, HasSubstr("Not as expected: 1 difference."));
}

TEST(SimulateCommand, ForbiddenTextIsADifference) {
  const auto done = simulate_text(outage + R"(
others_allowed: true
expect: [{at: "10:02:08", within: 8s, not_text: refused}]
)");
  EXPECT_EQ(done.exit_code, 1);
  EXPECT_THAT(done.out, HasSubstr("text has \"refused\""));
}

TEST(SimulateCommand, MissingFileIsBadInput) {
  std::ostringstream out, err;
  EXPECT_EQ(command("/nowhere/scenario.yaml", false, out, err), 2);
  EXPECT_THAT(err.str(), HasSubstr("/nowhere/scenario.yaml"));
  EXPECT_EQ(out.str(), "");
}

TEST(SimulateCommand, BadScenarioIsToldWithEveryPlaceAtOnce) {
  const auto done = simulate_text(R"(
start: yesterday
for: 10m
components: [{id: login, name: Login}]
checks:
  - {name: login-page, component: logn, every: 10s}
timeline:
  - {at: "25:00", check: login-page, fails: connect_refused}
  - {at: 2m, check: login-pag, fails: connect_refused}
  - {at: 2m, check: login-page, fails: timout}
  - {at: 2m, check: login-page}
  - {at: 20m, check: login-page, fails: timeout}
  - {at: 2m, check: login-page, fails: timeout, frm: 3m}
expect:
  - {at: 2m, status: fixed}
  - {at: 2m, components: {logout: operational}}
)");
  EXPECT_EQ(done.exit_code, 2);
  EXPECT_EQ(done.out, "");
  EXPECT_THAT(done.err, HasSubstr("scenario.yaml:2:8: an instant is written like"));
  EXPECT_THAT(done.err,
              HasSubstr("scenario.yaml:6:35: there is no component \"logn\"; did you mean"));
  EXPECT_THAT(done.err, HasSubstr("scenario.yaml:8:10: a moment is a time of day"));
  EXPECT_THAT(done.err, HasSubstr("scenario.yaml:9:21: there is no check \"login-pag\""));
  EXPECT_THAT(done.err,
              HasSubstr("scenario.yaml:10:40: \"timout\" is no reason; did you mean \"timeout\"?"));
  EXPECT_THAT(done.err, HasSubstr("scenario.yaml:11:5: an event is one of"));
  EXPECT_THAT(done.err, HasSubstr("scenario.yaml:12:10: the scenario goes from"));
  EXPECT_THAT(done.err, HasSubstr("scenario.yaml:13:49: an event has no key \"frm\""));
  EXPECT_THAT(done.err, HasSubstr("scenario.yaml:15:22: \"fixed\" is no status"));
  EXPECT_THAT(done.err, HasSubstr("there is no component \"logout\""));
}

TEST(SimulateCommand, BadConfigurationIsToldWithItsOwnPlace) {
  const Folder folder;
  folder.write("shop.yaml", "components: [{id: shop, name: Shop}]\nchecks: [{name: page}]\n");
  std::ostringstream out, err;
  const auto scenario = folder.write("scenario.yaml", "config: shop.yaml\n");
  EXPECT_EQ(command(scenario, false, out, err), 2);
  EXPECT_THAT(err.str(), HasSubstr("shop.yaml:2:"));
}

TEST(SimulateCommand, ConfigurationAndOwnChecksExcludeEachOther) {
  const auto done = simulate_text(one_check + "config: shop.yaml\n");
  EXPECT_EQ(done.exit_code, 2);
  EXPECT_THAT(done.err, HasSubstr("checks come from config already"));
}

TEST(SimulateCommand, EmptyScenarioIsBadInput) {
  EXPECT_EQ(simulate_text("").exit_code, 2);
}

}  // namespace
}  // namespace vedette::simulate::test
