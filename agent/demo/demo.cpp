// SPDX-License-Identifier: Apache-2.0
#include "agent/demo/demo.h"

#include <csignal>
#include <cstdio>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <fmt/core.h>

#include "agent/demo/shop.h"
#include "agent/web/server.h"

namespace vedette::demo {

int command(const std::string& listen) {
  boost::asio::io_context loop(1);
  Shop shop;
  auto server = web::Server::listen(
      loop, listen, [&shop](const web::Request& request) { return shop.handle(request); });
  if (!server) {
    fmt::print(stderr, "vedette demo: {}\n", server.error());
    return 2;
  }
  const auto address = "http://" + (*server)->address();
  fmt::print("The shop is open:   {0}/\nIts switches:       {0}/switches\n", address);
  std::fflush(stdout);
  boost::asio::signal_set signals(loop, SIGINT, SIGTERM);
  signals.async_wait([&](const boost::system::error_code&, int) { loop.stop(); });
  loop.run();
  return 0;
}

}  // namespace vedette::demo
