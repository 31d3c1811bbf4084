// SPDX-License-Identifier: Apache-2.0
// One HTTP exchange: hop by hop along the redirects, at each hop address by address until one takes
// the connection.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "probes/net/http_client.h"
#include "probes/net/http_core.h"
#include "probes/net/transfer.h"
#include "probes/net/url.h"

namespace vedette::net {

class Exchange {
 public:
  // `core`, `options` and `visit` outlive the exchange; without a visit there is none.
  Exchange(HttpCore& core, HttpRequest request, const HttpOptions& options, Deadline deadline,
           HttpVisit* visit);

  // Once. Throws only operation_aborted, when the task is cancelled.
  Awaitable<HttpExchange> run();

 private:
  using Addresses = std::expected<std::vector<std::string>, Failure>;

  bool prepare();
  Awaitable<void> hop();
  Awaitable<Addresses> locate();
  const std::string* override_of(const Url& target) const;
  Awaitable<void> attempt(const std::string& address, Deadline connect_by);
  void share_connections();
  const TlsSettings& tls_settings() const;
  std::unique_ptr<TlsSession> attach();
  void absorb(Transfer& transfer, const TransferEnd& end, Steady::time_point begin);
  void conclude(const Transfer& transfer, TlsSession* session, const TransferEnd& end);
  std::optional<Failure> stopped_by_us(AnswerReader::Stop stop, const TransferFacts& facts) const;
  Failure transfer_failure(const Transfer& transfer, TlsSession* session, CURLcode code) const;
  bool redirect();
  void fail(Failure failure) { result_.failure = std::move(failure); }

  HttpCore& core_;
  HttpRequest request_;
  const HttpOptions& options_;
  Deadline deadline_;
  HttpVisit* visit_;
  Steady::time_point began_;
  Steady::time_point ended_;
  std::optional<Url> url_;
  std::optional<Url> proxy_;
  std::optional<TlsSettings> foreign_tls_;  // after a redirect to another host
  EasyPool::Handle easy_;
  bool used_ = false;           // the handle has options
  bool again_in_full_ = false;  // TLS wants this address tried once more
  HttpExchange result_;
};

}  // namespace vedette::net
