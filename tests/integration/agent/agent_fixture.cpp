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

}  // namespace

Shop::Shop()
    : server_(http_script([this](const std::string&) {
        ++asked_;
        return healthy_ ? http_answer("200 OK", "welcome")
                        : http_answer("503 Service Unavailable", "broken");
      })) {}

std::string ConfigText::text() const {
  return fmt::format(R"(agent:
  region: test
  listen: 127.0.0.1:0
  store: "sqlite:{}"
  shards: 1
  tokens: [{{name: ops, value: {}}}]
components:
{}checks:
{}incidents: {{resolve_after: {}, reopen_within: {}}}
)",
                     store, agent_token, components, checks, resolve_after, reopen_within);
}

std::string quick_check(const std::string& name, const std::string& component,
                        const std::string& url) {
  return fmt::format(
      "  - name: {}\n    component: {}\n    every: 100ms\n    timeout: 100ms\n"
      "    detect: {{failures: 2, of: 3, passes: 2, confirm_after: 20ms}}\n    http: {{url: "
      "\"{}\"}}\n",
      name, component, url);
}

RunningAgent::RunningAgent(const std::filesystem::path& config, const std::filesystem::path& log)
    : process_({.command = {VEDETTE_BINARY, "run", config.string()}, .output = log}),
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

std::optional<double> RunningAgent::metric(const std::string& series) const {
  const auto text = "\n" + http_get(port_, "/metrics").body;
  const auto at = text.find("\n" + series);
  if (at == std::string::npos) return std::nullopt;
  const auto end = text.find('\n', at + 1);
  return std::stod(text.substr(text.rfind(' ', end) + 1));
}

store::Snapshot read_store(const std::filesystem::path& database) {
  auto opened = store::open_sqlite(database.string());
  if (!opened) throw std::runtime_error(opened.error().message);
  auto snapshot = (*opened)->snapshot();
  if (!snapshot) throw std::runtime_error(snapshot.error().message);
  return std::move(*snapshot);
}

}  // namespace vedette::test
