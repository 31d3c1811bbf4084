// SPDX-License-Identifier: Apache-2.0
// Delivers webhooks over HTTP: signed anew for each attempt, tried again a few times.
#pragma once

#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include "agent/demo/payments/courier.h"
#include "config/duration.h"
#include "probes/net/toolbox.h"
#include "probes/task_group.h"

namespace vedette::demo {

// Used on its loop only. Call stop() before it is destroyed.
class WebhookCourier final : public Courier {
 public:
  static constexpr std::size_t most_pending = 256;

  // One attempt after each of the pauses. An attempt may take five seconds; only a 2xx counts.
  explicit WebhookCourier(boost::asio::io_context& loop,
                          std::vector<Duration> pauses = {Duration{0}, Duration{500},
                                                          Duration{2000}, Duration{8000}});

  void send(Delivery delivery) override;
  DeliveryCounts counts() const override;
  // Drops what is pending.
  boost::asio::awaitable<void> stop();

 private:
  boost::asio::awaitable<void> deliver(Delivery delivery);
  boost::asio::awaitable<bool> attempt(const Delivery& delivery);

  boost::asio::io_context& loop_;
  std::vector<Duration> pauses_;
  net::Toolbox net_;
  net::HttpOptions options_;
  DeliveryCounts counts_;
  TaskGroup tasks_;
};

}  // namespace vedette::demo
