// SPDX-License-Identifier: Apache-2.0
#include "probes/flow/cleaner.h"

#include <algorithm>

#include <fmt/format.h>

#include "probes/flow/effect.h"

namespace vedette::flow {
namespace {

bool good(const Result& result) {
  return result.outcome == Outcome::pass || result.outcome == Outcome::degraded;
}

std::string full_name(const Step& step, const Step& cleanup) {
  return fmt::format("{}/{}", step.name, cleanup.name);
}

// One of the steps refers to the value before another one gives it.
bool needs(const std::vector<Step>& cleanup, const std::string& name) {
  for (const Step& step : cleanup) {
    if (step.section && step.section->refers_to(name)) return true;
    if (std::ranges::find(step.captures, name, &Capture::name) != step.captures.end()) return false;
  }
  return false;
}

}  // namespace

// A value that the cleanup finds out by itself, as by searching for the run's id, is not needed
// before.
bool Cleaner::knows_enough(const Step& step) const {
  return std::ranges::none_of(step.captures, [&](const Capture& capture) {
    return variables_.find(capture.name) == nullptr && needs(step.cleanup, capture.name);
  });
}

Awaitable<std::string> Cleaner::clean(const Step& step, Instant noted, Deadline deadline) {
  if (!knows_enough(step)) {
    auto trouble = co_await ask_again(step, noted, deadline);
    if (!trouble.empty()) co_return trouble;
    if (!knows_enough(step)) co_return std::string();  // refused for good
  }
  for (const Step& cleanup : step.cleanup) {
    const auto name = full_name(step, cleanup);
    const auto wanted = runner_.wanted(cleanup, name, noted);
    if (!wanted) co_return fmt::format("\"{}\": {}", cleanup.name, wanted.error());
    if (!*wanted) continue;
    const auto report = co_await runner_.run(cleanup, name, noted, deadline);
    if (!good(report.result))
      co_return fmt::format("\"{}\" fails: {}", cleanup.name, report.result.message);
  }
  co_return std::string();
}

Awaitable<std::string> Cleaner::ask_again(const Step& step, Instant noted, Deadline deadline) {
  if (!step.repeatable()) {
    co_return fmt::format(
        "the answer to \"{}\" was lost, and with it what its cleanup has to know; "
        "it has no key under which it could be asked again",
        step.name);
  }
  const auto report = co_await runner_.run(step, step.name, noted, deadline);
  const bool clear = knows_enough(step) || refused_for_good(report.result);
  if (clear) co_return std::string();
  co_return fmt::format("\"{}\" was asked again, as its answer was lost: {}", step.name,
                        report.result.message);
}

}  // namespace vedette::flow
