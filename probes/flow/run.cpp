// SPDX-License-Identifier: Apache-2.0
#include "probes/flow/run.h"

#include <algorithm>
#include <exception>
#include <ranges>

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include "probes/flow/retry.h"

namespace vedette::flow {
namespace {

namespace asio = boost::asio;

constexpr int attempts_in_a_run = 3;
constexpr Duration first_pause{300};

Result refusal(Reason reason, std::string message) {
  Result result;
  result.outcome = Outcome::unknown;
  result.reason = reason;
  result.message = std::move(message);
  return result;
}

bool is_cancellation(const std::exception& error) {
  const auto* system = dynamic_cast<const boost::system::system_error*>(&error);
  return system != nullptr && system->code() == asio::error::operation_aborted;
}

// Not every wait throws when the task is cancelled: one for the store takes it for no answer.
bool is_set(const asio::cancellation_state& state) {
  return state.cancelled() != asio::cancellation_type::none;
}

// What ended it too early, in words; nothing when that was a cancellation.
Awaitable<std::string> guarded(Awaitable<void> part) {
  try {
    co_await std::move(part);
  } catch (const std::exception& error) {
    if (!is_cancellation(error)) co_return error.what();
  }
  co_return std::string();
}

}  // namespace

Run::Run(const Plan& plan, RunInput input)
    : plan_(plan),
      settings_(*plan.settings),
      input_(std::move(input)),
      variables_(settings_, plan.variant, Variables::new_run(), wall_now()),
      runner_(settings_, input_.net, variables_, input_.identity) {
  if (journal() != nullptr) journal()->begin(variables_.run());
}

Run::~Run() {
  if (journal() != nullptr) journal()->end(variables_.run());
}

Awaitable<Result> Run::go() {
  const Instant started_at = wall_now();
  Turn::Held turn;
  if (settings_.limits.one_at_a_time) {
    auto held = co_await plan_.shared->turn.take(input_.deadline);
    if (!held) {
      co_return refusal(Reason::limit_reached,
                        "another run of this flow took all the time, and only one may run at once");
    }
    co_return co_await go_on(std::move(held), started_at);
  }
  co_return co_await go_on(std::move(turn), started_at);
}

Awaitable<Result> Run::go_on(Turn::Held, Instant started_at) {
  if (auto refused = co_await admit()) {
    refused->started_at = started_at;
    co_return *std::move(refused);
  }
  std::string bug = co_await guarded(perform_steps());
  bool cancelled = is_set(co_await asio::this_coro::cancellation_state);
  if (!cancelled) {
    const auto trouble = co_await guarded(clean_up(Deadline::in(settings_.cleanup_within)));
    if (bug.empty()) bug = trouble;
    cancelled = is_set(co_await asio::this_coro::cancellation_state);
  }
  if (cancelled) {
    co_await asio::this_coro::reset_cancellation_state();
    co_await clean_up(Deadline::in(last_moments));
    throw boost::system::system_error(asio::error::operation_aborted);
  }
  Result result = bug.empty() ? summary(settings_, reports_)
                              : refusal(Reason::agent_blind, "internal error: " + bug);
  result.started_at = started_at;
  co_return result;
}

Awaitable<std::optional<Result>> Run::admit() {
  const std::string flow = input_.services ? input_.services->flow : std::string();
  auto refused = co_await plan_.shared->usage.admit(settings_, flow, variables_.run(), journal());
  if (refused) co_return refusal(refused->reason, std::move(refused->message));
  if (!settings_.has_webhook || input_.services == nullptr || input_.services->callbacks == nullptr)
    co_return std::nullopt;
  auto callback = input_.services->callbacks->open();
  if (!callback) co_return refusal(Reason::agent_blind, std::move(callback.error()));
  callback_ = *std::move(callback);
  variables_.set_webhook(callback_->url());
  runner_.listen(callback_.get());
  co_return std::nullopt;
}

Awaitable<void> Run::perform_steps() {
  for (const Step& step : settings_.steps) {
    const bool go_on = co_await perform(step);
    if (!go_on) co_return;
  }
}

// False: the flow ends here.
Awaitable<bool> Run::perform(const Step& step) {
  const Instant now = wall_now();
  const auto wanted = runner_.wanted(step, step.name, now);
  if (!wanted) co_return keep(failed(step, wanted.error()));
  if (!*wanted) {
    StepReport report;
    report.step = &step;
    report.skipped = true;
    co_return keep(std::move(report));
  }
  if (!step.cleanup.empty()) {
    const bool written = co_await write_down(step, now);
    if (!written) co_return false;
  }
  auto report = co_await runner_.run(step, step.name, now, input_.deadline);
  learn_from(report);
  co_return keep(std::move(report));
}

// Before the step is sent, so that whatever happens from now on, somebody knows of it.
Awaitable<bool> Run::write_down(const Step& step, Instant now) {
  if (journal() == nullptr) {
    keep(unknown(step, "it was not sent, as there is no journal for its cleanup"));
    co_return false;
  }
  Entry entry;
  entry.id = fmt::format("{}/{}", variables_.run(), step.name);
  entry.flow = input_.services->flow;
  entry.variant = plan_.variant ? plan_.variant->name : "";
  entry.run = variables_.run();
  entry.step = step.name;
  entry.noted = now;
  entry.values = variables_.captured();
  const std::string id = entry.id;
  deeds_.push_back({&step, entry});
  const auto noted = co_await journal()->note(std::move(entry));
  if (noted) co_return true;
  deeds_.pop_back();
  journal()->settled(id);  // should the store take the note after all
  keep(
      unknown(step, "it was not sent, as its cleanup could not be written down: " + noted.error()));
  co_return false;
}

void Run::learn_from(const StepReport& report) {
  const Step& step = *report.step;
  const Outcome outcome = report.result.outcome;
  if (outcome == Outcome::pass || outcome == Outcome::degraded) forget_undone(step);
  if (step.cleanup.empty()) return;
  Deed& deed = deeds_.back();
  if (report.in_vain) {
    deed.clean = true;
    journal()->settled(deed.entry.id);
    return;
  }
  deed.entry.values = variables_.captured();
  journal()->learned(deed.entry.id, deed.entry.values);
}

void Run::forget_undone(const Step& step) {
  for (Deed& deed : deeds_) {
    if (deed.clean || std::ranges::find(step.undoes, deed.step->name) == step.undoes.end())
      continue;
    deed.clean = true;
    journal()->settled(deed.entry.id);
  }
}

Awaitable<void> Run::clean_up(Deadline deadline) {
  Duration pause = first_pause;
  for (int attempt = 0; attempt < attempts_in_a_run; ++attempt) {
    const bool clean = co_await clean_up_once(deadline);
    if (clean) co_return;
    if (Deadline::in(pause).at >= deadline.at) break;
    asio::steady_timer timer(co_await asio::this_coro::executor, pause);
    co_await timer.async_wait(asio::use_awaitable);
    pause *= 3;
  }
  leave_to_the_janitor();
}

// In reverse order. True: all is clean.
Awaitable<bool> Run::clean_up_once(Deadline deadline) {
  bool all_clean = true;
  Cleaner cleaner(settings_, input_.net, variables_, input_.identity);
  for (Deed& deed : deeds_ | std::views::reverse) {
    if (deed.clean) continue;
    deed.entry.trouble = co_await cleaner.clean(*deed.step, deed.entry.noted, deadline);
    deed.clean = deed.entry.trouble.empty();
    all_clean = all_clean && deed.clean;
    if (!deed.clean) continue;
    ++plan_.shared->cleanups_done;
    journal()->settled(deed.entry.id);
  }
  co_return all_clean;
}

void Run::leave_to_the_janitor() {
  for (Deed& deed : deeds_) {
    if (deed.clean) continue;
    ++plan_.shared->cleanups_failed;
    deed.entry.values = variables_.captured();
    journal()->attempted(after_attempt(deed.entry, wall_now()));
  }
}

StepReport Run::failed(const Step& step, std::string message) const {
  StepReport report;
  report.step = &step;
  fail(report.result, Reason::step_failed, std::move(message));
  return report;
}

StepReport Run::unknown(const Step& step, std::string message) const {
  StepReport report;
  report.step = &step;
  report.result = refusal(Reason::agent_blind, std::move(message));
  return report;
}

// True: the flow goes on.
bool Run::keep(StepReport report) {
  const Outcome outcome = report.result.outcome;
  const bool goes_on = report.skipped || outcome == Outcome::pass || outcome == Outcome::degraded;
  if (input_.services && input_.services->on_step) input_.services->on_step(report);
  report.result.answer.reset();  // it may be large, and nobody needs it any more
  reports_.push_back(std::move(report));
  return goes_on;
}

}  // namespace vedette::flow
