// SPDX-License-Identifier: Apache-2.0
#include "tests/support/prometheus.h"

#include <stdexcept>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "tests/support/free_port.h"
#include "tests/support/http_get.h"
#include "tests/support/wait_for.h"

namespace vedette::test {
namespace {

std::string configuration(const PrometheusOptions& options) {
  std::vector<std::string> targets, rules;
  for (const auto port : options.targets) targets.push_back(fmt::format("'127.0.0.1:{}'", port));
  for (const auto& file : options.rules) rules.push_back(fmt::format("'{}'", file.string()));
  return fmt::format(
      "global: {{scrape_interval: {0}ms, scrape_timeout: {0}ms, evaluation_interval: {0}ms}}\n"
      "rule_files: [{1}]\n"
      "scrape_configs:\n"
      "  - job_name: vedette\n"
      "    static_configs: [{{targets: [{2}]}}]\n",
      options.every.count(), fmt::join(rules, ", "), fmt::join(targets, ", "));
}

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const unsigned char c : text) out += fmt::format("%{:02X}", c);
  return out;
}

}  // namespace

// It cannot be asked to listen on any free port, so it may have to be started again.
Prometheus::Prometheus(const PrometheusOptions& options) {
  const auto config = dir_.write("prometheus.yml", configuration(options));
  for (int attempt = 0; attempt < 5 && !ready(); ++attempt) start(config);
  if (!ready()) throw std::runtime_error("Prometheus did not start:\n" + process_->output());
}

std::string Prometheus::url() const {
  return fmt::format("http://127.0.0.1:{}", port_);
}

std::string Prometheus::query(const std::string& expression) const {
  return http_get(port_, "/api/v1/query?query=" + percent_encoded(expression)).body;
}

bool Prometheus::finds(const std::string& expression) const {
  return query(expression).find("\"metric\":") != std::string::npos;
}

bool Prometheus::ready() {
  return process_ && process_->running() && http_get(port_, "/-/ready").status == 200;
}

void Prometheus::start(const std::filesystem::path& config) {
  port_ = free_port();
  process_ = std::make_unique<Process>(
      ProcessOptions{.command = {"prometheus", "--config.file=" + config.string(),
                                 "--storage.tsdb.path=" + (dir_ / "data").string(),
                                 fmt::format("--web.listen-address=127.0.0.1:{}", port_)},
                     .output = dir_ / "prometheus.log"});
  wait_for([this] { return !process_->running() || ready(); });
}

}  // namespace vedette::test
