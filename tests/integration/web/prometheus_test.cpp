// SPDX-License-Identifier: Apache-2.0
// A real Prometheus scrapes the agent's metrics, and the values are asked back from it.
#include <fmt/core.h>
#include <gmock/gmock.h>

#include "agent/metrics/exposition.h"
#include "agent/web/endpoints.h"
#include "probes/encoding.h"
#include "tests/integration/web/running_server.h"
#include "tests/support/free_port.h"
#include "tests/support/http_get.h"
#include "tests/support/process.h"
#include "tests/support/temp_dir.h"
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

// Prometheus cannot be asked to listen on any free port, so it may have to be started again.
class Prometheus {
 public:
  explicit Prometheus(std::uint16_t target) {
    const auto config = dir_.write(
        "prometheus.yml", fmt::format("global: {{scrape_interval: 1s}}\n"
                                      "scrape_configs:\n"
                                      "  - job_name: vedette\n"
                                      "    static_configs: [{{targets: ['127.0.0.1:{}']}}]\n",
                                      target));
    for (int attempt = 0; attempt < 5 && !ready(); ++attempt) start(config);
  }

  bool ready() {
    return process_ && process_->running() && test::http_get(port_, "/-/ready").status == 200;
  }

  // The answer's JSON.
  std::string query(const std::string& expression) const {
    return test::http_get(port_, "/api/v1/query?query=" + percent_encode(expression)).body;
  }
  std::string output() const { return process_->output(); }

 private:
  void start(const std::filesystem::path& config) {
    port_ = test::free_port();
    process_ = std::make_unique<test::Process>(
        test::ProcessOptions{.command = {"prometheus", "--config.file=" + config.string(),
                                         "--storage.tsdb.path=" + (dir_ / "data").string(),
                                         fmt::format("--web.listen-address=127.0.0.1:{}", port_)},
                             .environment = {},
                             .output = dir_ / "prometheus.log",
                             .directory = {},
                             .inherit = {}});
    test::wait_for([this] { return !process_->running() || ready(); });
  }

  test::TempDir dir_;
  std::uint16_t port_ = 0;
  std::unique_ptr<test::Process> process_;
};

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
    auto exposition = std::make_shared<metrics::Exposition>(list, agent);
    return [exposition](std::string& out) { return exposition->next(out); };
  };
  Endpoints endpoints(state);
  RunningServer server([&](const Request& request) { return endpoints.handle(request); });
  Prometheus prometheus(server.port());
  ASSERT_TRUE(prometheus.ready()) << prometheus.output();

  ASSERT_TRUE(test::wait_for([&] {
    return prometheus.query("up{job=\"vedette\"} == 1").find("\"1\"") != std::string::npos;
  })) << prometheus.query("up");
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
    auto exposition = std::make_shared<metrics::Exposition>(list, agent);
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
