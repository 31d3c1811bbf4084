// SPDX-License-Identifier: Apache-2.0
#include "probes/http/run.h"

#include "probes/http/judge.h"
#include "probes/peer/judge.h"

namespace vedette::http {
namespace {

constexpr int unauthorized = 401;

using TokenPtr = std::shared_ptr<const Token>;

Microseconds since(Steady::time_point start) {
  return std::chrono::duration_cast<Microseconds>(Steady::now() - start);
}

// What all parts of one run know.
struct Run {
  const Settings& settings;
  OAuth2* oauth2;
  const Means& means;

  Result judged(net::HttpExchange exchange, const Mask& secrets) const;
};

// Whoever looks at it outside a flow shows what he sees to people: without the secrets, then.
std::shared_ptr<const Answer> answer_of(net::HttpExchange&& exchange, const Mask& secrets) {
  const bool cut = exchange.body_truncated();  // before masking makes it shorter
  Answer answer{std::move(exchange.headers), std::move(exchange.body), cut};
  if (!secrets.empty()) {
    for (auto& [name, value] : answer.headers) value = secrets.apply(value);
    answer.body = secrets.apply(answer.body);
  }
  return std::make_shared<const Answer>(std::move(answer));
}

Result Run::judged(net::HttpExchange exchange, const Mask& secrets) const {
  Mask all;
  if (means.mask != nullptr) {
    all = secrets;
    all.add(*means.mask);
  }
  const Mask& mask = means.mask != nullptr ? all : secrets;
  Result result = judge(settings, {settings.request, exchange, mask, means.brief});
  if (!means.keep_answer || exchange.status == 0) return result;
  const bool in_a_flow = means.mask != nullptr;
  result.answer = answer_of(std::move(exchange), in_a_flow ? Mask{} : secrets);
  return result;
}

Awaitable<Result> ask(const Run& run, const net::HttpOptions& options, const Mask& mask,
                      Deadline deadline) {
  net::HttpExchange exchange =
      co_await run.means.client.exchange(run.settings.request, options, deadline, run.means.visit);
  co_return run.judged(std::move(exchange), mask);
}

Awaitable<net::HttpExchange> exchange_with(const Run& run, const net::HttpOptions& options,
                                           const Token& token, Deadline deadline) {
  net::HttpRequest request = run.settings.request;
  request.headers.emplace_back("Authorization", token.authorization);
  co_return co_await run.means.client.exchange(std::move(request), options, deadline,
                                               run.means.visit);
}

// With a token: the kept one, and when the server refuses that, once more with a new one.
Awaitable<Result> ask_with_token(const Run& run, const net::HttpOptions& options,
                                 Deadline deadline) {
  const auto started = Steady::now();
  Microseconds spent_on_token{};
  TokenPtr token = run.oauth2->kept();
  bool fresh = token == nullptr;
  std::optional<net::HttpExchange> exchange;
  while (!exchange) {
    if (token == nullptr) {
      const auto asked = Steady::now();
      auto fetched = co_await run.oauth2->fetch(run.means.client, deadline);
      spent_on_token = since(asked);
      if (!fetched) co_return refuse(run.settings, fetched.error(), since(started));
      token = *std::move(fetched);
    }
    exchange = co_await exchange_with(run, options, *token, deadline);
    if (exchange->status == unauthorized && !fresh) {
      run.oauth2->forget(token);
      token = run.oauth2->kept();
      fresh = true;
      exchange.reset();
    }
  }
  Result result = run.judged(*std::move(exchange), token->mask);
  if (spent_on_token > Microseconds::zero()) {
    result.phases.insert(result.phases.begin(), {"auth", spent_on_token});
  }
  co_return result;
}

Awaitable<Result> ask_one(const Run& run, const net::HttpOptions& options, Deadline deadline) {
  if (run.oauth2 != nullptr) return ask_with_token(run, options, deadline);
  return ask(run, options, run.settings.mask, deadline);
}

}  // namespace

Awaitable<Result> run(const Settings& settings, OAuth2* oauth2, Means means) {
  const Instant started_at = wall_now();
  const Run run{settings, oauth2, means};
  const Deadline deadline = means.deadline;
  const std::size_t count = settings.options.size();
  Result result = co_await ask_one(run, settings.options.front(), deadline.share(count));
  if (count > 1) {
    Result second = co_await ask_one(run, settings.options.back(), deadline);
    result = peer::combine(std::move(result), std::move(second));
  }
  result.started_at = started_at;
  co_return result;
}

}  // namespace vedette::http
