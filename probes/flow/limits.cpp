// SPDX-License-Identifier: Apache-2.0
#include "probes/flow/limits.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace vedette::flow {
namespace {

using namespace std::chrono_literals;

constexpr Duration hour = 1h;
constexpr Duration day = 24h;

}  // namespace

std::string limit_reached(const Limits& limits, const std::optional<Amount>& amount_of_run,
                          const std::deque<Spent>& spent, Instant now) {
  const auto runs =
      std::ranges::count_if(spent, [&](const Spent& one) { return one.at > now - hour; });
  if (limits.runs_per_hour > 0 && runs >= limits.runs_per_hour)
    return fmt::format("there were {} runs within the last hour, as many as runs_per_hour allows",
                       runs);
  if (!limits.amount_per_day || !amount_of_run) return {};
  Amount sum = *amount_of_run;
  sum.minor = 0;
  for (const Spent& one : spent) {
    if (one.at > now - day) sum.minor += one.minor;
  }
  if (sum.minor + amount_of_run->minor <= limits.amount_per_day->minor) return {};
  return fmt::format(
      "{} of test payments were made within the last 24 hours, and another {} would "
      "be more than amount_per_day allows ({})",
      sum.text(), amount_of_run->text(), limits.amount_per_day->text());
}

Awaitable<std::optional<Usage::Refusal>> Usage::admit(const Settings& settings, std::string flow,
                                                      std::string run, Journal* journal) {
  if (!has_limits(settings.limits) || journal == nullptr) co_return std::nullopt;
  const Instant now = wall_now();
  if (!known_) {
    auto before = co_await journal->spent(flow, now - day);
    if (!before)
      co_return Refusal{Reason::agent_blind, "the limits cannot be read: " + before.error()};
    // Another variant may have asked meanwhile, and have run since.
    if (!std::exchange(known_, true)) spent_.assign(before->begin(), before->end());
  }
  std::erase_if(spent_, [&](const Spent& one) { return one.at <= now - day; });
  const auto amount = settings.amount();
  if (auto why = limit_reached(settings.limits, amount, spent_, now); !why.empty())
    co_return Refusal{Reason::limit_reached, std::move(why)};
  Spent spent{std::move(run), now, amount ? amount->minor : 0};
  spent_.push_back(spent);
  const auto written = co_await journal->spend(std::move(flow), std::move(spent));
  if (!written)
    co_return Refusal{Reason::agent_blind, "the limits cannot be kept: " + written.error()};
  co_return std::nullopt;
}

}  // namespace vedette::flow
