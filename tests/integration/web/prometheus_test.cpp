// SPDX-License-Identifier: Apache-2.0
// A real Prometheus scrapes the agent's metrics, and the values are asked back from it.
#include "tests/support/prometheus.h"

#include <gmock/gmock.h>

#include "agent/metrics/exposition.h"
#include "agent/web/endpoints.h"
#include "tests/integration/web/running_server.h"
#include "tests/support/http_get.h"
#include "tests/support/wait_for.h"

namespace vedette::web {
namespace {

using testing::HasSubstr;

constexpr std::array<GaugeSpec, 1> gauges{
    {{"probe_http_status_code", "Status code of the last answer."}}};
const ProbeType type{"http", nullptr, gauges, {}};

Result result(Outcome outcome, std::optional<Reason> reason, double code) {
  Result made;
  made.outcome = outcome;
  made.reason = reason;
  made.duration = Microseconds{42'000};
  made.gauges = {code};
  return made;
}

TEST(PrometheusScrape, ValuesCanBeAskedBack) {
  metrics::AgentMetrics agent("test");
  agent.set_store_healthy(true);
  agent.see({}, {{"portal", incident::ComponentStatus::partial_outage}});
  auto login = std::make_shared<metrics::CheckSeries>(
      metrics::CheckLabels{"log\"in\\", "portal", "eu-west", "http"}, type);
  login->record(result(Outcome::pass, std::nullopt, 200));
  login->record(result(Outcome::fail, Reason::expectation_failed, 502));
  auto list = std::make_shared<std::vector<std::shared_ptr<metrics::CheckSeries>>>();
  list->push_back(login);
  State state;
  state.metrics = [&] {
    auto exposition = std::make_shared<metrics::Exposition>(list, agent, wall_now());
    return [exposition](std::string& out) { return exposition->next(out); };
  };
  Endpoints endpoints(state);
  RunningServer server([&](const Request& request) { return endpoints.handle(request); });
  const test::Prometheus prometheus({.targets = {server.port()}});
  ASSERT_TRUE(test::wait_for([&] { return prometheus.finds("up{job=\"vedette\"} == 1"); }))
      << prometheus.query("up");
  const std::string check =
      R"({check="log\"in\\",component="portal",region="eu-west",probe="http"})";
  EXPECT_THAT(prometheus.query("probe_http_status_code" + check), HasSubstr("\"502\""));
  EXPECT_THAT(prometheus.query("probe_success" + check), HasSubstr("\"0\""));
  EXPECT_THAT(prometheus.query("probe_duration_seconds" + check), HasSubstr("\"0.042\""));
  EXPECT_THAT(prometheus.query(
                  R"(vedette_check_results_total{outcome="fail",reason="expectation_failed"})"),
              HasSubstr("\"1\""));
  EXPECT_THAT(prometheus.query("vedette_component_status{component=\"portal\"}"),
              HasSubstr("\"2\""));
  EXPECT_THAT(prometheus.query("vedette_store_healthy"), HasSubstr("\"1\""));
  // Both runs took 42 ms, so the median lies in the bucket from 25 to 50 ms.
  EXPECT_THAT(prometheus.query("histogram_quantile(0.5, vedette_check_duration_seconds_bucket)"),
              HasSubstr("\"0.0375"));
  EXPECT_THAT(prometheus.query("vedette_check_info * on(check) group_left vedette_check_verdict"),
              HasSubstr("\"-1\""));
}

TEST(PrometheusScrape, ARemovedCheckIsGoneAtTheNextScrape) {
  const metrics::AgentMetrics agent("test");
  const auto only = [](const std::string& name) {
    auto list = std::make_shared<std::vector<std::shared_ptr<metrics::CheckSeries>>>();
    list->push_back(
        std::make_shared<metrics::CheckSeries>(metrics::CheckLabels{name, "c", "r", "http"}, type));
    return metrics::SeriesList(list);
  };
  State state;
  metrics::SeriesList list = only("old");
  state.metrics = [&] {
    auto exposition = std::make_shared<metrics::Exposition>(list, agent, wall_now());
    return [exposition](std::string& out) { return exposition->next(out); };
  };
  Endpoints endpoints(state);
  RunningServer server([&](const Request& request) { return endpoints.handle(request); });
  EXPECT_THAT(test::http_get(server.port(), "/metrics").body, HasSubstr("check=\"old\""));
  server.on_loop([&] { list = only("new"); });
  const auto after = test::http_get(server.port(), "/metrics").body;
  EXPECT_THAT(after, HasSubstr("check=\"new\""));
  EXPECT_THAT(after, testing::Not(HasSubstr("check=\"old\"")));
}

}  // namespace
}  // namespace vedette::web
