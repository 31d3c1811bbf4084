// SPDX-License-Identifier: Apache-2.0
// TLS on a socket that is connected already, driven by Asio. One handshake, then bytes both ways.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <boost/asio/ip/tcp.hpp>

#include "probes/net/certificate.h"
#include "probes/net/tls_settings.h"
#include "probes/probe.h"

namespace vedette::net {

class TlsEngine;

// How an operation on a socket ended.
struct IoEnd {
  boost::system::error_code error;
  std::size_t bytes = 0;
};

// Used on one loop thread. Socket, engine and buffers outlive every operation; one at a time in
// each direction. Cancelling the socket ends them with operation_aborted.
class TlsLayer {
 public:
  TlsLayer(boost::asio::ip::tcp::socket& socket, TlsEngine& engine, const TlsSettings& settings,
           std::string_view host);
  ~TlsLayer();
  TlsLayer(const TlsLayer&) = delete;
  TlsLayer& operator=(const TlsLayer&) = delete;

  // Empty on success. An error of operation_aborted is left to the caller, who knows why.
  Awaitable<IoEnd> handshake();
  // Why the handshake that ended with `error` failed, or a later operation in this phase.
  Failure failure(boost::system::error_code error, std::string_view phase) const;
  // After a handshake that failed, and not by a timeout: whether the same is worth a second try.
  bool wants_full_context();
  std::optional<TlsFacts> facts() const;

  Awaitable<IoEnd> read_some(boost::asio::mutable_buffer into);
  Awaitable<IoEnd> write(boost::asio::const_buffer bytes);

 private:
  struct Session;
  std::unique_ptr<Session> session_;
};

}  // namespace vedette::net
