// SPDX-License-Identifier: Apache-2.0
// One c-ares channel on the loop: its sockets, its timer, its callbacks.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "probes/net/alarm.h"
#include "probes/net/socket_set.h"

struct ares_channeldata;
struct ares_addrinfo;

namespace vedette::net {

// One question. Owned by its waiter and by c-ares, so that either may go first.
struct AresQuestion {
  explicit AresQuestion(boost::asio::io_context& loop) : wake(loop) {}

  boost::asio::steady_timer wake;  // set to the deadline by the waiter, cancelled by the answer
  bool answered = false;
  int status = 0;
  std::vector<std::string> addresses;
};

// Used on one loop thread. Questions that are still open when it is destroyed are answered
// ARES_EDESTRUCTION.
class AresChannel {
 public:
  enum class Answers { checked, raw };  // raw: ARES_FLAG_NOCHECKRESP, see ares_reason.h

  // Throws std::runtime_error when c-ares does not start or does not understand `servers`.
  AresChannel(boost::asio::io_context& loop, const std::string& servers, Answers answers);
  ~AresChannel();
  AresChannel(const AresChannel&) = delete;
  AresChannel& operator=(const AresChannel&) = delete;

  // `family` is AF_UNSPEC, AF_INET or AF_INET6. The question may be answered before this returns.
  void ask(const std::string& host, int family, const std::shared_ptr<AresQuestion>& question);
  // No question is open.
  bool idle() const;

 private:
  static void on_socket_state(void* self, int socket, int readable, int writable) noexcept;
  static void on_answer(void* question, int status, int timeouts, ares_addrinfo* answer) noexcept;
  void set_alarm();

  ares_channeldata* channel_ = nullptr;
  SocketSet sockets_;
  Alarm alarm_;
};

}  // namespace vedette::net
