// SPDX-License-Identifier: Apache-2.0
#include "agent/demo/demo.h"

#include <csignal>
#include <cstdio>
#include <random>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <fmt/core.h>

#include "agent/demo/payments/webhook_courier.h"
#include "agent/demo/shop.h"
#include "agent/web/server.h"

namespace vedette::demo {
namespace {

void announce(const std::string& address) {
  fmt::print(
      "The shop is open:   http://{0}/\n"
      "Its switches:       http://{0}/switches\n"
      "Its ledger:         http://{0}/ledger\n",
      address);
  std::fflush(stdout);
}

boost::asio::awaitable<void> stop(web::Server& server, WebhookCourier& courier) {
  co_await server.stop();
  co_await courier.stop();
}

}  // namespace

int command(const Options& options) {
  boost::asio::io_context loop(1);
  WebhookCourier courier(loop);
  Shop shop(courier, {.seed = options.seed.value_or(std::random_device{}())});
  auto server = web::Server::listen(
      loop, options.listen, [&shop](const web::Request& request) { return shop.handle(request); });
  if (!server) {
    fmt::print(stderr, "vedette demo: {}\n", server.error());
    return 2;
  }
  announce((*server)->address());
  boost::asio::signal_set signals(loop, SIGINT, SIGTERM);
  signals.async_wait([&](const boost::system::error_code&, int) {
    boost::asio::co_spawn(loop, stop(**server, courier),
                          [&loop](const std::exception_ptr&) { loop.stop(); });
  });
  loop.run();
  return 0;
}

}  // namespace vedette::demo
