// SPDX-License-Identifier: Apache-2.0
// A small HTTP/1.1 server on the loop it is given: one coroutine per connection, and a bound on
// everything.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <string>

#include <boost/asio/io_context.hpp>

#include "agent/web/message.h"
#include "config/duration.h"

namespace vedette::web {

// Together they bound the memory that clients can take: connections * (header + body).
struct Limits {
  std::size_t header_bytes = 8 * 1024;  // of the request line and all headers; beyond: 431
  std::size_t body_bytes = 64 * 1024;   // beyond: 413
  // When so many are open, a new one takes the place of the one that has kept us waiting longest.
  // Slow and idle clients therefore never keep others out.
  std::size_t connections = 512;
  Duration read_time{10'000};     // for a head, and then for a body; beyond: closed
  Duration idle_time{75'000};     // between two requests
  Duration sign_of_life{15'000};  // to a client that waits for news
  Duration write_time{20'000};    // for a body, or a piece of a streamed one, to be taken
};

// Used on the loop's thread only.
class Server {
 public:
  // `address` is "IP:PORT", "[IPv6]:PORT" or ":PORT" (every address); port 0 takes any free one.
  // The error is one sentence that names the address.
  static std::expected<std::unique_ptr<Server>, std::string> listen(boost::asio::io_context& loop,
                                                                    const std::string& address,
                                                                    Handler handler,
                                                                    Limits limits = {});
  // Call stop() first; a server that is destroyed without it cuts its connections off.
  ~Server();

  std::uint16_t port() const;
  std::string address() const;  // "127.0.0.1:9876", with the port that was taken
  std::size_t connections() const;

  // Accepts nothing more, cuts off what is open, and waits until every handler has ended.
  Awaitable<void> stop();

  struct Impl;
  explicit Server(std::shared_ptr<Impl> impl);

 private:
  std::shared_ptr<Impl> impl_;
};

}  // namespace vedette::web
