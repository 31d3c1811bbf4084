// SPDX-License-Identifier: Apache-2.0
// What one connection's TLS handshake showed. Owned by its SSL_CTX, because a connection may
// outlive the transfer that made it, and libssl calls back as long as the connection lives.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include <openssl/ssl.h>

#include "probes/net/certificate.h"
#include "probes/net/tls_alert.h"
#include "probes/net/tls_verifier.h"

namespace vedette::net {

struct HandshakeOrder {
  VerifyOrder verify;
  bool must_verify = true;  // refuse what is not accepted
  std::string server_name;  // replaces the SNI; empty: as libcurl sets it
  bool client_certificate_given = false;
};

class Handshake {
 public:
  Handshake(TlsVerifier& verifier, HandshakeOrder order);

  // Hooks itself into the context: verification, SNI, alerts. False when out of memory.
  static bool install(SSL_CTX& context, const std::shared_ptr<Handshake>& handshake);
  // Null when the session was not made by install().
  static std::shared_ptr<Handshake> of(const SSL& session);

  const HandshakeOrder& order() const { return order_; }
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
  void progress(SSL& session, int where, int value);

  TlsVerifier& verifier_;
  HandshakeOrder order_;
  std::optional<TlsFacts> facts_;
  std::optional<AlertSeen> alert_;
  bool certificate_requested_ = false;
  bool started_ = false;
  bool done_ = false;
};

}  // namespace vedette::net
