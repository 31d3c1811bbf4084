// SPDX-License-Identifier: Apache-2.0
#include "probes/flow/report.h"

#include <algorithm>

#include <fmt/format.h>

namespace vedette::flow {
namespace {

constexpr std::string_view duration_name = "vedette_flow_step_duration_seconds";
constexpr std::string_view success_name = "vedette_flow_step_success";

bool good(const StepReport& report) {
  return report.skipped || report.result.outcome == Outcome::pass;
}

// The step that speaks for the flow: the first that failed, else the first that did not pass.
const StepReport* speaker(const std::vector<StepReport>& steps) {
  const auto failed = std::ranges::find_if(steps, [](const StepReport& report) {
    return !good(report) && report.result.outcome != Outcome::degraded;
  });
  if (failed != steps.end()) return &*failed;
  const auto degraded = std::ranges::find_if_not(steps, good);
  return degraded == steps.end() ? nullptr : &*degraded;
}

std::string quoted_list(const std::vector<std::string_view>& names) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) out += i + 1 == names.size() ? " and " : ", ";
    out += fmt::format("\"{}\"", names[i]);
  }
  return out;
}

// "authorise" passes, "capture" fails: ...
std::string sentence(const std::vector<StepReport>& steps, const StepReport& bad) {
  std::vector<std::string_view> passed;
  for (const StepReport& report : steps) {
    if (&report == &bad) break;
    if (!report.skipped && report.step->type != nullptr) passed.push_back(report.step->name);
  }
  constexpr std::size_t named = 4;
  std::string before;
  if (passed.size() > named) {
    before = fmt::format("{} steps pass, but ", passed.size());
  } else if (!passed.empty()) {
    before = fmt::format("{} pass{}, but ", quoted_list(passed), passed.size() == 1 ? "es" : "");
  }
  const Outcome outcome = bad.result.outcome;
  const std::string_view verb = outcome == Outcome::degraded  ? "is not as it should be"
                                : outcome == Outcome::unknown ? "could not be seen"
                                                              : "fails";
  return fmt::format("{}\"{}\" {}: {}", before, bad.step->name, verb, bad.result.message);
}

Reason reason_of(const Result& result) {
  const Reason reason = result.reason.value_or(Reason::step_failed);
  const bool failed = result.outcome == Outcome::fail;
  return failed && reason == Reason::expectation_failed ? Reason::step_failed : reason;
}

void add_evidence(Result& out, const StepReport& report) {
  for (const Observation& seen : report.result.evidence) {
    out.evidence.push_back({fmt::format("{}, {}", report.step->name, seen.expectation),
                            fmt::format("{}: {}", report.step->name, seen.saw), seen.ok});
  }
  if (report.skipped) {
    out.evidence.push_back({fmt::format("{}, only_if", report.step->name),
                            fmt::format("{}: was not needed", report.step->name), true});
  }
}

void add_gauges(Result& out, const Settings& settings, const std::vector<StepReport>& steps) {
  const auto count = settings.steps.size();
  out.gauges.assign(2 * count, not_seen);
  for (const StepReport& report : steps) {
    if (report.skipped) continue;
    const auto index = static_cast<std::size_t>(report.step - settings.steps.data());
    const std::chrono::duration<double> took = report.result.duration;
    out.gauges[index] = took.count();
    out.gauges[count + index] = report.result.outcome == Outcome::fail ? 0 : 1;
  }
}

void speak(Result& out, const std::vector<StepReport>& steps, const StepReport& bad) {
  out.outcome = bad.result.outcome;
  out.reason = reason_of(bad.result);
  out.step = bad.step->name;
  out.message = sentence(steps, bad);
  out.transcript = bad.result.transcript;
  for (const Fact& fact : bad.result.facts) out.facts.push_back(fact);
}

}  // namespace

Result summary(const Settings& settings, const std::vector<StepReport>& steps) {
  Result out;
  out.outcome = Outcome::pass;
  Microseconds total{};
  for (const StepReport& report : steps) {
    add_evidence(out, report);
    if (report.skipped) continue;
    out.phases.push_back({report.step->name, report.result.duration});
    total += report.result.duration;
    for (const auto& [name, value] : report.captured) out.facts.push_back({name, value.text});
  }
  out.phases.push_back({"total", total});
  out.duration = total;
  add_gauges(out, settings, steps);
  if (const auto* bad = speaker(steps)) speak(out, steps, *bad);
  return out;
}

std::vector<GaugeSpec> step_gauges(const std::vector<Step>& steps) {
  std::vector<GaugeSpec> out;
  for (const Step& step : steps) {
    out.push_back({duration_name, "How long the newest run of the step took.", "step", step.name});
  }
  for (const Step& step : steps) {
    out.push_back({success_name, "Whether the newest run of the step passed.", "step", step.name});
  }
  return out;
}

}  // namespace vedette::flow
