// SPDX-License-Identifier: Apache-2.0
#include "probes/flow/step_runner.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include "probes/flow/await_webhook.h"
#include "probes/flow/effect.h"
#include "probes/peer/judge.h"
#include "probes/stable_hash.h"

namespace vedette::flow {
namespace {

Microseconds since(Steady::time_point start) {
  return std::chrono::duration_cast<Microseconds>(Steady::now() - start);
}

Deadline earlier(Deadline one, Deadline other) {
  return one.at < other.at ? one : other;
}

Result passed() {
  Result result;
  result.outcome = Outcome::pass;
  return result;
}

bool good(const Result& result) {
  return result.outcome == Outcome::pass || result.outcome == Outcome::degraded;
}

// Line by line: a secret that the end of a line cut off is masked too.
Transcript masked(const Transcript& transcript, const Mask& mask) {
  Transcript out;
  std::string_view rest = transcript.text();
  while (!rest.empty()) {
    const auto end = std::min(rest.find('\n'), rest.size());
    out.add(mask.apply(rest.substr(0, end)));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return out;
}

Awaitable<void> sleep(Duration duration) {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, duration);
  co_await timer.async_wait(boost::asio::use_awaitable);
}

}  // namespace

void fail(Result& result, Reason reason, std::string message) {
  result.outcome = Outcome::fail;
  result.reason = reason;
  result.message = std::move(message);
}

std::expected<bool, std::string> StepRunner::wanted(const Step& step, const std::string& full_name,
                                                    Instant now) const {
  if (!step.only_if) return true;
  const auto met = step.only_if->evaluate(variables_.scope(full_name, now), variables_.mask());
  if (!met) return std::unexpected(met.error());
  return met->unmet.empty();
}

Awaitable<StepReport> StepRunner::run(const Step& step, std::string full_name, Instant now,
                                      Deadline deadline) {
  if (!step.repeat) co_return co_await run_once(step, full_name, now, deadline);
  const Deadline end = earlier(deadline, Deadline::in(step.repeat->within));
  const auto started = Steady::now();
  const auto started_at = wall_now();
  StepReport report;
  bool in_vain = true;
  for (int attempts = 1;; ++attempts) {
    report = co_await run_once(step, full_name, now, end);
    report.attempts = attempts;
    in_vain = in_vain && report.in_vain;
    if (good(report.result) || Deadline::in(step.repeat->every).at >= end.at) break;
    co_await sleep(step.repeat->every);
  }
  report.in_vain = in_vain;
  report.result.duration = since(started);
  report.result.started_at = started_at;
  co_return report;
}

Awaitable<StepReport> StepRunner::run_once(const Step& step, const std::string& full_name,
                                           Instant now, Deadline deadline) {
  const auto started = Steady::now();
  const auto started_at = wall_now();
  if (step.timeout) deadline = earlier(deadline, Deadline::in(*step.timeout));
  const Scope scope = variables_.scope(full_name, now);
  StepReport report;
  report.step = &step;
  report.result = co_await act(step, scope, deadline);
  take_along(report);
  report.in_vain = in_vain(report.result, report.captured);
  verify(report, scope);
  mask(report);
  report.result.duration = since(started);
  report.result.started_at = started_at;
  co_return report;
}

Awaitable<Result> StepRunner::act(const Step& step, const Scope& scope, Deadline deadline) {
  if (step.type != nullptr) return probe(step, scope, deadline);
  if (step.webhook) return await_webhook(*step.webhook, callback_, variables_.mask(), deadline);
  return pause(step.pause.value_or(Duration::zero()), deadline);
}

Awaitable<Result> StepRunner::probe(const Step& step, const Scope& scope, Deadline deadline) {
  std::shared_ptr<const Probe> probe = step.fixed;
  if (probe == nullptr) {
    auto section = step.section->fill(scope);
    config::Problems problems;
    if (section) probe = step.type->parse(*section, problems);
    if (probe == nullptr) {
      Result result;
      fail(result, Reason::step_failed,
           section ? variables_.mask().apply(problems.sorted().front().message) : section.error());
      co_return result;
    }
  }
  RunInput input{net_, deadline, {}, stable_hash(fmt::format("{}\n{}", identity_, step.name))};
  input.keep_answer = true;
  input.visit = settings_.share_connection ? &visit_ : nullptr;
  input.mask = &variables_.mask();
  co_return co_await probe->run(std::move(input));
}

Awaitable<Result> StepRunner::pause(Duration duration, Deadline deadline) {
  co_await sleep(std::min(duration, deadline.remaining()));
  Result result = passed();
  if (deadline.expired() && duration > Duration::zero())
    fail(result, Reason::timeout, "the time of the flow was over during a pause");
  co_return result;
}

// Also of a step that failed: a payment that was made and answered with a wrong amount is there to
// be cleaned up.
void StepRunner::take_along(StepReport& report) {
  Result& result = report.result;
  auto taken = take(report.step->captures, result);
  if (good(result) && !taken.missing.empty())
    fail(result, Reason::step_failed, std::move(taken.missing));
  variables_.learn(taken.values);
  report.captured = without_secrets(std::move(taken.values), variables_.mask());
}

void StepRunner::verify(StepReport& report, const Scope& scope) const {
  Result& result = report.result;
  const Step& step = *report.step;
  const auto judge = [&](const Conditions& conditions) {
    const auto outcome = conditions.evaluate(scope, variables_.mask());
    if (!outcome) return fail(result, Reason::step_failed, outcome.error());
    for (const Observation& seen : outcome->seen) result.evidence.push_back(seen);
    if (!outcome->unmet.empty()) fail(result, Reason::step_failed, outcome->unmet);
  };
  if (good(result) && step.repeat && step.repeat->until) judge(*step.repeat->until);
  if (good(result) && step.verify) judge(*step.verify);
}

void StepRunner::mask(StepReport& report) const {
  Result& result = report.result;
  if (!good(result) && result.answer) {
    const auto words = variables_.mask().apply(provider_error(*result.answer));
    if (!words.empty()) result.message += fmt::format(" ({})", words);
  }
  if (variables_.mask().empty()) return;
  peer::mask_texts(result, variables_.mask());
  result.transcript = masked(result.transcript, variables_.mask());
}

}  // namespace vedette::flow
