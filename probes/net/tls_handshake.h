// SPDX-License-Identifier: Apache-2.0
// What one connection's TLS handshake showed. libssl calls back into it as long as it is installed.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include <openssl/ssl.h>

#include "probes/net/certificate.h"
#include "probes/net/tls_alert.h"
#include "probes/net/tls_openssl.h"
#include "probes/net/tls_verifier.h"

namespace vedette::net {

struct HandshakeOrder {
  VerifyOrder verify;
  bool must_verify = true;  // refuse what is not accepted
  std::string server_name;  // sent as SNI; empty: whatever the driver has set
  bool client_certificate_given = false;
};

// Stays where it is while installed.
class Handshake {
 public:
  // Hooks itself into the context: verification, SNI, alerts. The connection may outlive this
  // object: then nothing calls back any more.
  Handshake(TlsVerifier& verifier, SSL_CTX& context, HandshakeOrder order);
  ~Handshake();
  Handshake(const Handshake&) = delete;
  Handshake& operator=(const Handshake&) = delete;

  const SSL_CTX* context() const { return context_.get(); }
  const std::optional<TlsFacts>& facts() const { return facts_; }
  bool done() const { return done_; }
  bool started() const { return started_; }
  // The chain or the name was not accepted, and that ended the handshake.
  bool refused() const { return order_.must_verify && facts_ && facts_->verification; }
  const std::optional<AlertSeen>& fatal_alert() const { return alert_; }

 private:
  static int on_verify(X509_STORE_CTX* presented, void* handshake) noexcept;
  static int on_certificate_request(SSL* session, void* handshake) noexcept;
  static void on_progress(const SSL* session, int where, int value) noexcept;
  int verify(X509_STORE_CTX& presented);
  void set_server_name(SSL& session);
  void progress(SSL& session, int where, int value);

  TlsVerifier& verifier_;
  const HandshakeOrder order_;
  // A share, so that it is there to be unhooked from.
  SslContextPtr context_;
  std::optional<TlsFacts> facts_;
  std::optional<AlertSeen> alert_;
  bool certificate_requested_ = false;
  bool started_ = false;
  bool done_ = false;
};

}  // namespace vedette::net
