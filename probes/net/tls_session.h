// SPDX-License-Identifier: Apache-2.0
// One libcurl transfer's TLS: sets the handle's options, and is called back when libcurl has made
// the SSL_CTX.
#pragma once

#include <optional>
#include <string_view>

#include "probes/net/tls_connection.h"

namespace vedette::net {

class CurlTlsSession final : public TlsSession {
 public:
  CurlTlsSession(TlsShared& shared, CURL* easy, const TlsSettings& settings, std::string_view host);
  ~CurlTlsSession() override;
  CurlTlsSession(const CurlTlsSession&) = delete;
  CurlTlsSession& operator=(const CurlTlsSession&) = delete;

  TlsContext context() const override { return connection_.context(); }
  std::optional<TlsFacts> facts() const override;
  std::optional<Failure> failure() const override { return connection_.failure(); }
  bool wants_full_context() override { return connection_.wants_full_context(); }
  void adopt() override;
  void finish(bool ok) override { connection_.finish(ok); }

 private:
  static CURLcode on_ssl_context(CURL* easy, void* context, void* session) noexcept;
  void set_options();

  TlsShared& shared_;
  CURL* easy_;
  TlsConnection connection_;
  std::optional<TlsFacts> adopted_;
};

}  // namespace vedette::net
