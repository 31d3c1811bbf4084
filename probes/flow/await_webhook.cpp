// SPDX-License-Identifier: Apache-2.0
#include "probes/flow/await_webhook.h"

#include <algorithm>

#include <fmt/format.h>

#include "probes/flow/webhook_subjects.h"
#include "probes/peer/judge.h"

namespace vedette::flow {
namespace {

Result judged(const WebhookWait& wait, const Answer& call, const Mask& mask) {
  const expect::JsonDocument document{expect::Text(call.body)};
  Result result;
  peer::judge_expectations(wait.expectations, observed(call, document), mask, result);
  return result;
}

Result failed(Reason reason, std::string message) {
  Result result;
  peer::fail(result, {reason, std::move(message)});
  return result;
}

Result could_not_see(std::string message) {
  Result result;
  result.outcome = Outcome::unknown;
  result.reason = Reason::agent_blind;
  result.message = std::move(message);
  return result;
}

std::string missing(const WebhookWait& wait, int others, const std::string& last) {
  if (others == 0)
    return fmt::format("no call came within {}", config::format_duration(wait.within));
  return fmt::format("{} call{} came within {}, but not as expected: {}", others,
                     others == 1 ? "" : "s", config::format_duration(wait.within), last);
}

// The same event told twice is the provider's fault, and may book a payment twice.
Awaitable<void> watch_for_another(const WebhookWait& wait, Callback& callback,
                                  const std::string& body, Deadline deadline, Result& result) {
  deadline = std::ranges::min(deadline, Deadline::in(wait.once_for), {}, &Deadline::at);
  for (;;) {
    const auto again = co_await callback.next(deadline);
    if (!again) co_return;
    if (again->body != body) continue;
    result.outcome = Outcome::fail;
    result.reason = Reason::step_failed;
    result.message = "the same call came twice";
    co_return;
  }
}

}  // namespace

Awaitable<Result> await_webhook(const WebhookWait& wait, Callback* callback, Mask mask,
                                Deadline deadline) {
  if (callback == nullptr)
    co_return could_not_see("nobody listens for calls here: a webhook needs the running agent");
  const Deadline end = std::ranges::min(deadline, Deadline::in(wait.within), {}, &Deadline::at);
  int others = 0;
  std::string last;
  for (;;) {
    auto call = co_await callback->next(end);
    if (!call) co_return failed(Reason::webhook_missing, missing(wait, others, last));
    if (wait.signature) {
      const auto doubt = mistrust(*wait.signature, *call, wall_now());
      if (!doubt.empty())
        co_return failed(Reason::webhook_rejected, "a call came whose signature " + doubt);
    }
    Result result = judged(wait, *call, mask);
    if (result.outcome == Outcome::fail) {
      ++others;
      last = result.message;
      continue;
    }
    if (wait.once_for > Duration::zero())
      co_await watch_for_another(wait, *callback, call->body, deadline, result);
    result.answer = std::make_shared<const Answer>(*std::move(call));
    co_return result;
  }
}

}  // namespace vedette::flow
