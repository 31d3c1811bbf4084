// SPDX-License-Identifier: Apache-2.0
// One libcurl transfer's TLS: sets the handle's options, and is called back when libcurl has made
// the SSL_CTX.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include <openssl/ssl.h>

#include "probes/net/tls_engine.h"
#include "probes/net/tls_handshake.h"
#include "probes/net/tls_shared.h"

namespace vedette::net {

class CurlTlsSession final : public TlsSession {
 public:
  CurlTlsSession(TlsShared& shared, CURL* easy, const TlsSettings& settings, std::string_view host);
  ~CurlTlsSession() override;
  CurlTlsSession(const CurlTlsSession&) = delete;
  CurlTlsSession& operator=(const CurlTlsSession&) = delete;

  TlsContext context() const override { return context_; }
  std::optional<TlsFacts> facts() const override;
  std::optional<Failure> failure() const override;
  bool wants_full_context() override;
  void adopt() override;
  void finish(bool ok) override;

 private:
  static CURLcode on_ssl_context(CURL* easy, void* context, void* session) noexcept;
  void set_options();
  CURLcode configure(SSL_CTX& context);
  CURLcode give_client_certificate(SSL_CTX& context);

  TlsShared& shared_;
  CURL* easy_;
  const TlsSettings settings_;
  const std::string host_;  // the name that is checked
  const std::string peer_;
  const TlsContext context_;
  std::optional<Failure> setup_failure_;
  std::optional<Handshake> handshake_;
  std::optional<TlsFacts> adopted_;
};

}  // namespace vedette::net
