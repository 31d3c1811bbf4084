// SPDX-License-Identifier: Apache-2.0
// A libcurl multi handle on the Asio loop: runs easy handles, as awaitables.
#pragma once

#include <optional>

#include <boost/asio/io_context.hpp>
#include <curl/curl.h>

#include "probes/deadline.h"
#include "probes/net/alarm.h"
#include "probes/net/socket_set.h"
#include "probes/net/tls_engine.h"
#include "probes/probe.h"

namespace vedette::net {

struct TransferEnd {
  std::optional<CURLcode> code;  // empty: its time was over, the transfer was taken out
  Steady::time_point at;         // as seen when its socket became ready
  // When the TCP connection stood. libcurl's own time for it comes only after the TLS handshake.
  std::optional<Steady::time_point> connected{};
};

// Used on one loop thread. No transfer may be running when it is destroyed.
class CurlLoop {
 public:
  // All calls into libcurl's multi are made inside a scope of `context`, as the engine wants it.
  // The engine outlives the loop. Throws std::runtime_error when libcurl does not start.
  CurlLoop(boost::asio::io_context& loop, const TlsEngine& engine, TlsContext context);
  ~CurlLoop();
  CurlLoop(const CurlLoop&) = delete;
  CurlLoop& operator=(const CurlLoop&) = delete;

  // `connect_by` is for the TCP connection, the deadline for all. Sets CURLOPT_PRIVATE. The handle
  // is out of the multi when this ends, also by an exception: operation_aborted when the task is
  // cancelled.
  Awaitable<TransferEnd> perform(CURL* easy, Deadline connect_by, Deadline deadline);

 private:
  struct Running;

  static int on_socket(CURL* easy, curl_socket_t socket, int what, void* self,
                       void* known) noexcept;
  static int on_timer(CURLM* multi, long timeout_ms, void* self) noexcept;

  void add(Running& transfer);
  void remove(Running& transfer);
  void act(curl_socket_t socket, int events, Steady::time_point seen);
  void collect();

  boost::asio::io_context& loop_;
  const TlsEngine& engine_;
  TlsContext context_;
  CURLM* multi_;
  bool adding_ = false;
  Steady::time_point seen_{};  // of the event that libcurl is handling
  SocketSet sockets_;
  Alarm alarm_;
};

}  // namespace vedette::net
