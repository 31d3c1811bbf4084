// SPDX-License-Identifier: Apache-2.0
#include "agent/demo/payments/webhook_courier.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <spdlog/spdlog.h>

#include "agent/demo/payments/objects.h"
#include "agent/demo/payments/signature.h"

namespace vedette::demo {
namespace {

namespace asio = boost::asio;

constexpr Duration attempt_time{5000};

void log_escape(const std::exception_ptr& error) noexcept {
  try {
    std::rethrow_exception(error);
  } catch (const std::exception& thrown) {
    spdlog::error("demo: a webhook ended with an exception: {}", thrown.what());
  } catch (...) {
    spdlog::error("demo: a webhook ended with an unknown exception");
  }
}

}  // namespace

WebhookCourier::WebhookCourier(asio::io_context& loop, std::vector<Duration> pauses)
    : loop_(loop),
      pauses_(std::move(pauses)),
      net_(loop, {}),
      options_{.body_cap = 1024},
      tasks_(loop.get_executor(), [](std::exception_ptr error) { log_escape(error); }) {}

void WebhookCourier::send(Delivery delivery) {
  if (tasks_.size() >= most_pending) {
    ++counts_.dropped;
    return;
  }
  tasks_.spawn(deliver(std::move(delivery)));
}

DeliveryCounts WebhookCourier::counts() const {
  auto counts = counts_;
  counts.pending = tasks_.size();
  return counts;
}

asio::awaitable<void> WebhookCourier::stop() {
  co_await tasks_.stop();
}

asio::awaitable<void> WebhookCourier::deliver(Delivery delivery) {
  asio::steady_timer timer(loop_);
  for (const auto pause : pauses_) {
    timer.expires_after(pause);
    co_await timer.async_wait(asio::use_awaitable);
    const bool taken = co_await attempt(delivery);
    if (!taken) continue;
    ++counts_.delivered;
    co_return;
  }
  ++counts_.given_up;
}

asio::awaitable<bool> WebhookCourier::attempt(const Delivery& delivery) {
  net::HttpRequest request{.method = "POST", .url = delivery.url};
  request.headers = {{"Content-Type", "application/json; charset=utf-8"},
                     {"Stripe-Signature",
                      stripe_signature(delivery.secret, unix_seconds(wall_now()), *delivery.body)},
                     {"User-Agent", "vedette-demo"}};
  request.body = *delivery.body;
  request.has_body = true;
  const auto answer =
      co_await net_.http().exchange(std::move(request), options_, Deadline::in(attempt_time));
  co_return !answer.failure && answer.status >= 200 && answer.status < 300;
}

}  // namespace vedette::demo
