// SPDX-License-Identifier: Apache-2.0
// A web server on a loop and a thread of its own, for tests that talk to it over real sockets.
#pragma once

#include <functional>
#include <future>
#include <memory>
#include <stdexcept>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include "agent/web/server.h"

namespace vedette::web {

class RunningServer {
 public:
  explicit RunningServer(Handler handler, Limits limits = {},
                         const std::string& address = "127.0.0.1:0") {
    auto listening = Server::listen(loop_, address, std::move(handler), limits);
    if (!listening) throw std::runtime_error(listening.error());
    server_ = std::move(*listening);
    port_ = server_->port();
    thread_ = std::thread([this] { loop_.run(); });
  }
  ~RunningServer() {
    stop();
    guard_.reset();
    thread_.join();
  }

  std::uint16_t port() const { return port_; }
  // Runs `look` on the server's loop and returns what it returns.
  template <class Look>
  auto on_loop(Look look) {
    std::packaged_task<decltype(look())()> task(look);
    auto result = task.get_future();
    boost::asio::post(loop_, [&task] { task(); });
    return result.get();
  }
  std::size_t connections() {
    return on_loop([this] { return server_->connections(); });
  }
  // Returns when every connection and handler has ended.
  void stop() {
    std::promise<void> stopped;
    boost::asio::co_spawn(loop_, server_->stop(),
                          [&](const std::exception_ptr&) { stopped.set_value(); });
    stopped.get_future().get();
  }

 private:
  boost::asio::io_context loop_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_{
      loop_.get_executor()};
  std::unique_ptr<Server> server_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

}  // namespace vedette::web
