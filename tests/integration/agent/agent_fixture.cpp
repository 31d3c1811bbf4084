// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/agent/agent_fixture.h"

#include <regex>
#include <stdexcept>

#include <boost/json/parse.hpp>
#include <fmt/format.h>

#include "agent/store/sqlite_store.h"
#include "tests/support/http_get.h"
#include "tests/support/http_text.h"
#include "tests/support/wait_for.h"
#include "tests_config/paths.h"

namespace vedette::test {
namespace {

std::uint16_t listening_port(Process& process) {
  static const std::regex line("listening on http://[^ :]+:([0-9]+)");
  std::smatch match;
  std::string log;
  wait_for([&] {
    log = process.output();
    return std::regex_search(log, match, line) || !process.running();
  });
  if (match.empty()) throw std::runtime_error("the agent did not start:\n" + log);
  return static_cast<std::uint16_t>(std::stoi(match[1]));
}

std::vector<std::string> command(std::vector<std::string> under,
                                 const std::filesystem::path& config) {
  under.insert(under.end(), {VEDETTE_BINARY, "run", config.string()});
  return under;
}

}  // namespace

Shop::Shop()
    : server_(http_script([this](const std::string&) {
        ++asked_;
        return healthy_ ? http_answer("200 OK", fmt::format("welcome, edition {}", edition_.load()))
                        : http_answer("503 Service Unavailable", "broken");
      })) {}

std::string ConfigText::text() const {
  return fmt::format(R"(agent:
  region: test
  listen: {}
  store: "sqlite:{}"
  shards: 1
  tokens: [{{name: ops, value: {}}}]
components:
{}checks:
{}incidents: {{resolve_after: {}, reopen_within: {}}}
)",
                     listen, store, agent_token, components, checks, resolve_after, reopen_within);
}

std::string quick_check(const std::string& name, const std::string& component,
                        const std::string& url, const std::string& detect) {
  return fmt::format(
      "  - name: {}\n    component: {}\n    every: 100ms\n    timeout: 100ms\n"
      "    detect: {{failures: 2, of: 3, passes: 2, confirm_after: 20ms{}}}\n    http: "
      "{{url: \"{}\"}}\n",
      name, component, detect, url);
}

RunningAgent::RunningAgent(const std::filesystem::path& config, const std::filesystem::path& log,
                           std::vector<std::string> under)
    : process_({.command = command(std::move(under), config), .output = log}),
      port_(listening_port(process_)) {}

boost::json::value RunningAgent::get(const std::string& path) const {
  const auto answer = http_get(port_, path);
  if (answer.status != 200) {
    throw std::runtime_error(
        fmt::format("{}: {} {}\n{}", path, answer.status, answer.body, process_.output()));
  }
  return boost::json::parse(answer.body);
}

boost::json::array RunningAgent::incidents() const {
  return get("/api/v2/incidents.json").at("incidents").as_array();
}

std::string RunningAgent::newest_status() const {
  const auto list = incidents();
  return list.empty() ? "" : std::string(list.front().at("status").as_string());
}

bool RunningAgent::wait_for_status(const std::string& status) const {
  return wait_for([&] { return newest_status() == status; });
}

bool RunningAgent::wait_for_verdict(const std::string& check, int verdict) const {
  const auto series = fmt::format("vedette_check_verdict{{check=\"{}\"", check);
  return wait_for([&] { return metric(series) == verdict; });
}

HttpAnswer RunningAgent::reload() const {
  return http_request(port_, "POST", "/-/reload",
                      fmt::format("Authorization: Bearer {}\r\n", agent_token));
}

bool RunningAgent::wait_for_log(const std::string& words) const {
  return wait_for([&] { return process_.output().find(words) != std::string::npos; });
}

std::optional<double> RunningAgent::metric(const std::string& series) const {
  const auto text = "\n" + http_get(port_, "/metrics").body;
  const auto at = text.find("\n" + series);
  if (at == std::string::npos) return std::nullopt;
  const auto end = text.find('\n', at + 1);
  return std::stod(text.substr(text.rfind(' ', end) + 1));
}

ConfigText AgentTest::config() {
  ConfigText made;
  made.store = (dir / "vedette.db").string();
  made.checks = quick_check("shop-page", "shop", shop.url());
  return made;
}

store::Snapshot read_store(const std::filesystem::path& database) {
  auto opened = store::open_sqlite(database.string());
  if (!opened) throw std::runtime_error(opened.error().message);
  auto snapshot = (*opened)->snapshot();
  if (!snapshot) throw std::runtime_error(snapshot.error().message);
  return std::move(*snapshot);
}

}  // namespace vedette::test
