// SPDX-License-Identifier: Apache-2.0
#include "agent/cli/check_command.h"

#include <algorithm>

#include <fmt/core.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include "agent/cli/check_report.h"
#include "agent/cli/load_settings.h"
#include "agent/cli/run_checks.h"

namespace vedette::cli {
namespace {

constexpr int interrupted = 130;

// By its name, or all variants of a check by the name of that.
bool names_it(const std::vector<std::string>& names, const settings::Check& check) {
  return std::ranges::count(names, check.name) + std::ranges::count(names, check.base) > 0;
}

// Nothing when a name is unknown; that has been said then.
std::optional<std::vector<CheckedResult>> selected(const settings::Settings& settings,
                                                   const std::vector<std::string>& names) {
  std::vector<CheckedResult> chosen;
  for (const auto& check : settings.checks) {
    if (!check.internal && (names.empty() || names_it(names, check)))
      chosen.push_back({&check, {}});
  }
  bool all_known = true;
  for (const auto& name : names) {
    const auto has_name = [&](const auto& item) { return names_it({name}, *item.check); };
    if (std::ranges::any_of(chosen, has_name)) continue;
    fmt::print(stderr, "vedette: there is no check \"{}\" in this configuration\n", name);
    all_known = false;
  }
  if (!all_known) return std::nullopt;
  return chosen;
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
  const auto outcome = run_checks(*items, !options.json);
  for (const auto& line : outcome.left_behind) fmt::print(stderr, "vedette: {}\n", line);
  if (outcome.interrupted) return interrupted;
  const ReportStyle style{settings->agent.region, isatty(STDOUT_FILENO) != 0};
  fmt::print("{}", options.json ? render_json(*items, style) : render_table(*items, style));
  return std::ranges::all_of(*items, holds) && outcome.left_behind.empty() ? 0 : 1;
}

}  // namespace vedette::cli
