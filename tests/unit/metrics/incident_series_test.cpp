// SPDX-License-Identifier: Apache-2.0
#include "agent/metrics/incident_series.h"

#include <gmock/gmock.h>

namespace vedette::metrics {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

constexpr Instant began{1'000s};
constexpr auto page = "https://status.test";

detect::Verdict verdict(detect::State state, std::optional<Reason> reason = std::nullopt) {
  detect::Verdict made;
  made.state = state;
  made.reason = reason;
  return made;
}

const auto refused = verdict(detect::State::down, Reason::connect_refused);

incident::Incident outage(const std::vector<std::string>& components = {"portal"}) {
  incident::Incident made;
  made.id = "abc123";
  made.group = "Portal";
  made.title = "Customer Portal is down";
  made.impact = incident::Impact::critical;
  made.impact_began = began;
  made.detected = began + 4s;
  for (const auto& component : components) made.components.emplace_back().component = component;
  return made;
}

std::string rendered(const IncidentSeries& series, Instant now = began + 10s) {
  std::string out;
  series.render(out, now);
  return out;
}

std::string component_info(const std::string& component, const std::string& reason) {
  return "vedette_incident_component_info{incident=\"abc123\",component=\"" + component +
         "\",reason=\"" + reason + "\"} 1\n";
}

TEST(IncidentSeries, AnOpenIncidentIsNamedWithItsPageAndInstants) {
  IncidentSeries series;
  series.see({outage()}, page);
  const auto text = rendered(series);
  EXPECT_THAT(text, HasSubstr("vedette_incident_info{incident=\"abc123\",group=\"Portal\","
                              "title=\"Customer Portal is down\","
                              "url=\"https://status.test/incidents/abc123\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("vedette_incident_impact{incident=\"abc123\"} 3\n"));
  EXPECT_THAT(text,
              HasSubstr("vedette_incident_began_timestamp_seconds{incident=\"abc123\"} 1000\n"));
  EXPECT_THAT(text,
              HasSubstr("vedette_incident_detected_timestamp_seconds{incident=\"abc123\"} 1004\n"));
  EXPECT_THAT(text, Not(HasSubstr("vedette_incident_resolved_timestamp_seconds")));
}

TEST(IncidentSeries, AResolvedIncidentStaysForAnHour) {
  auto over = outage();
  over.resolved = began + 60s;
  IncidentSeries series;
  series.see({over}, page);
  EXPECT_THAT(rendered(series, began + 61s),
              HasSubstr("vedette_incident_resolved_timestamp_seconds{incident=\"abc123\"} 1060\n"));
  EXPECT_EQ(rendered(series, began + 60s + 1h), "");
}

TEST(IncidentSeries, EachComponentHasTheReasonThatWasHeardOfIt) {
  IncidentSeries series;
  series.hear("portal", refused);
  series.hear("api", verdict(detect::State::degraded, Reason::expectation_failed));
  series.see({outage({"portal", "api", "mail"})}, page);
  const auto text = rendered(series);
  EXPECT_THAT(text, HasSubstr(component_info("portal", "connect_refused")));
  EXPECT_THAT(text, HasSubstr(component_info("api", "expectation_failed")));
  EXPECT_THAT(text, HasSubstr(component_info("mail", "")));
}

TEST(IncidentSeries, TheFirstReasonStaysWhenTheFailureChangesOrEnds) {
  IncidentSeries series;
  series.hear("portal", refused);
  series.see({outage()}, page);
  series.hear("portal", verdict(detect::State::down, Reason::timeout));
  series.hear("portal", verdict(detect::State::up));
  auto over = outage();
  over.resolved = began + 60s;
  series.see({over}, page);
  EXPECT_THAT(rendered(series, began + 61s),
              HasSubstr(component_info("portal", "connect_refused")));
}

TEST(IncidentSeries, AReasonHeardLateIsTakenByAnOpenIncidentOnly) {
  IncidentSeries series;
  auto over = outage();
  over.resolved = began + 60s;
  over.id = "over";
  series.see({outage(), over}, page);
  series.hear("portal", refused);
  series.see({outage(), over}, page);
  const auto text = rendered(series, began + 61s);
  EXPECT_THAT(text, HasSubstr(component_info("portal", "connect_refused")));
  EXPECT_THAT(text, HasSubstr("{incident=\"over\",component=\"portal\",reason=\"\"} 1\n"));
}

TEST(IncidentSeries, WhatIsUpOrUnknownIsNoReason) {
  IncidentSeries series;
  series.hear("portal", refused);
  series.hear("portal", verdict(detect::State::unknown, Reason::agent_blind));
  series.see({outage()}, page);
  EXPECT_THAT(rendered(series), HasSubstr(component_info("portal", "connect_refused")));
}

}  // namespace
}  // namespace vedette::metrics
