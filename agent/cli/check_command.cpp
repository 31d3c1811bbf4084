// SPDX-License-Identifier: Apache-2.0
#include "agent/cli/check_command.h"

#include <algorithm>

#include <boost/asio/io_context.hpp>
#include <fmt/core.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include "agent/cli/check_report.h"
#include "agent/cli/load_settings.h"
#include "probes/net/toolbox.h"
#include "probes/task_group.h"

namespace vedette::cli {
namespace {

namespace asio = boost::asio;

constexpr int at_once = 32;

// Nothing when a name is unknown; that has been said then.
std::optional<std::vector<CheckedResult>> selected(const settings::Settings& settings,
                                                   const std::vector<std::string>& names) {
  std::vector<CheckedResult> chosen;
  for (const auto& check : settings.checks) {
    if (names.empty() || std::ranges::count(names, check.name) > 0) chosen.push_back({&check, {}});
  }
  bool all_known = true;
  for (const auto& name : names) {
    const auto has_name = [&](const settings::Check& check) { return check.name == name; };
    if (std::ranges::any_of(settings.checks, has_name)) continue;
    fmt::print(stderr, "vedette: there is no check \"{}\" in this configuration\n", name);
    all_known = false;
  }
  if (!all_known) return std::nullopt;
  return chosen;
}

// One of those that run at once: takes the next check until there is none left.
asio::awaitable<void> run_lane(net::Toolbox& net, std::vector<CheckedResult>& items,
                               std::size_t& next) {
  while (next < items.size()) {
    auto& item = items[next++];
    RunInput input{net, Deadline::in(item.check->timeout), {}, item.check->identity};
    item.result = co_await item.check->probe->run(std::move(input));
  }
}

void run_all(std::vector<CheckedResult>& items) {
  asio::io_context loop{1};
  net::Toolbox net(loop, {});
  std::size_t next = 0;
  TaskGroup tasks(loop.get_executor(),
                  [](std::exception_ptr escaped) { std::rethrow_exception(escaped); });
  for (int i = 0; i < at_once; ++i) tasks.spawn(run_lane(net, items, next));
  loop.run();
}

bool holds(const CheckedResult& item) {
  return item.result.outcome == Outcome::pass || item.result.outcome == Outcome::degraded;
}

}  // namespace

int check_command(const CheckOptions& options) {
  const auto settings = load_settings(options.config);
  if (!settings) return 2;
  auto items = selected(*settings, options.names);
  if (!items) return 2;
  run_all(*items);
  const ReportStyle style{settings->agent.region, isatty(STDOUT_FILENO) != 0};
  fmt::print("{}", options.json ? render_json(*items, style) : render_table(*items, style));
  return std::ranges::all_of(*items, holds) ? 0 : 1;
}

}  // namespace vedette::cli
