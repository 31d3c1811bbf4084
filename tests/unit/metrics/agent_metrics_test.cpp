// SPDX-License-Identifier: Apache-2.0
#include "agent/metrics/agent_metrics.h"

#include <gmock/gmock.h>

#include "tests/unit/metrics/sample_checks.h"

namespace vedette::metrics {
namespace {

using incident::ComponentStatus;
using incident::Impact;
using testing::HasSubstr;
using testing::Not;

std::string rendered(const AgentMetrics& agent) {
  std::string out;
  agent.render(out, now);
  return out;
}

incident::Incident outage(const std::string& id, Impact impact = Impact::major) {
  incident::Incident incident;
  incident.id = id;
  incident.impact = impact;
  incident.impact_began = Instant{std::chrono::seconds(1000)};
  incident.detected = Instant{std::chrono::seconds(1004)};
  incident.opened = incident.detected;
  return incident;
}

TEST(AgentMetrics, TellStoreAndConfiguration) {
  AgentMetrics agent("1.2.3");
  agent.set_store_queue_depth(7);
  agent.set_store_healthy(true);
  agent.reload_succeeded(Instant{std::chrono::milliseconds(1500)});
  agent.reload_failed();
  const auto text = rendered(agent);
  EXPECT_THAT(text, HasSubstr("vedette_build_info{version=\"1.2.3\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("\nvedette_store_queue_depth 7\n"));
  EXPECT_THAT(text, HasSubstr("\nvedette_store_healthy 1\n"));
  EXPECT_THAT(text, HasSubstr("\nvedette_config_last_reload_successful 0\n"));
  EXPECT_THAT(text, HasSubstr("\nvedette_config_last_reload_success_timestamp_seconds 1.5\n"));
}

TEST(AgentMetrics, LatenessOfAllChecksGoesIntoOneHistogram) {
  AgentMetrics agent("test");
  CheckSeries first({"a", "c", "r", "http"}, web_type, agent.lateness());
  CheckSeries second({"b", "c", "r", "http"}, web_type, agent.lateness());
  first.record_lateness(std::chrono::microseconds(800));
  second.record_lateness(std::chrono::microseconds(7'000));
  const auto text = rendered(agent);
  EXPECT_THAT(text, HasSubstr("vedette_schedule_lateness_seconds_bucket{le=\"0.0005\"} 0\n"));
  EXPECT_THAT(text, HasSubstr("vedette_schedule_lateness_seconds_bucket{le=\"0.001\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("vedette_schedule_lateness_seconds_bucket{le=\"0.01\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("vedette_schedule_lateness_seconds_count 2\n"));
  EXPECT_THAT(text, HasSubstr("vedette_schedule_lateness_seconds_sum 0.0078"));
}

TEST(AgentMetrics, IncidentsFromBeforeTheStartAreOpenButNotCounted) {
  AgentMetrics agent("test");
  agent.see({outage("a")}, {});
  EXPECT_THAT(rendered(agent), HasSubstr("vedette_incident_open{impact=\"major\"} 1\n"));
  EXPECT_THAT(rendered(agent), HasSubstr("\nvedette_incidents_total 0\n"));
}

TEST(AgentMetrics, EachNewIncidentIsCountedOnceWithItsTimeToDetection) {
  AgentMetrics agent("test");
  agent.see({}, {});
  agent.see({outage("a")}, {});
  agent.see({outage("b", Impact::minor), outage("a")}, {});
  const auto text = rendered(agent);
  EXPECT_THAT(text, HasSubstr("\nvedette_incidents_total 2\n"));
  EXPECT_THAT(text, HasSubstr("vedette_incident_detection_seconds_count 2\n"));
  EXPECT_THAT(text, HasSubstr("vedette_incident_detection_seconds_sum 8\n"));
  EXPECT_THAT(text, HasSubstr("vedette_incident_open{impact=\"minor\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("vedette_incident_open{impact=\"critical\"} 0\n"));
}

TEST(AgentMetrics, AResolvedIncidentIsNotOpen) {
  AgentMetrics agent("test");
  agent.see({outage("a")}, {});
  auto resolved = outage("a");
  resolved.resolved = Instant{std::chrono::seconds(2000)};
  agent.see({resolved}, {});
  EXPECT_THAT(rendered(agent), HasSubstr("vedette_incident_open{impact=\"major\"} 0\n"));
}

TEST(AgentMetrics, EachResolutionIsCountedOnceWithItsTime) {
  AgentMetrics agent("test");
  auto before = outage("a"), during = outage("b"), missed = outage("c");
  before.resolved = during.resolved = missed.resolved = Instant{std::chrono::seconds(1100)};
  agent.see({before, outage("b")}, {});
  EXPECT_THAT(rendered(agent), HasSubstr("vedette_incident_resolution_seconds_count 0\n"));
  agent.see({before, during, missed}, {});
  agent.see({before, during, missed}, {});
  EXPECT_THAT(rendered(agent), HasSubstr("vedette_incident_resolution_seconds_count 2\n"));
  EXPECT_THAT(rendered(agent), HasSubstr("vedette_incident_resolution_seconds_sum 200\n"));
}

TEST(AgentMetrics, TheAgentIsIntroduced) {
  AgentMetrics agent("test");
  EXPECT_THAT(rendered(agent), Not(HasSubstr("vedette_agent_info")));
  agent.introduce("probe-1", "eu-west", "https://status.test");
  EXPECT_THAT(rendered(agent), HasSubstr("vedette_agent_info{agent=\"probe-1\",region=\"eu-west\","
                                         "url=\"https://status.test\"} 1\n"));
}

TEST(AgentMetrics, AComponentThatWasRemovedIsGone) {
  AgentMetrics agent("test");
  agent.see({}, {{"portal", ComponentStatus::major_outage}, {"api", ComponentStatus::operational}});
  EXPECT_THAT(rendered(agent), HasSubstr("vedette_component_status{component=\"portal\"} 3\n"));
  agent.see({}, {{"api", ComponentStatus::degraded_performance}});
  EXPECT_THAT(rendered(agent), Not(HasSubstr("portal")));
  EXPECT_THAT(rendered(agent), HasSubstr("vedette_component_status{component=\"api\"} 1\n"));
}

}  // namespace
}  // namespace vedette::metrics
