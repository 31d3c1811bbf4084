// SPDX-License-Identifier: Apache-2.0
// One connection's TLS, whoever drives libssl: prepares its SSL_CTX, and tells what came of it.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include <openssl/ssl.h>

#include "probes/net/tls_engine.h"
#include "probes/net/tls_handshake.h"
#include "probes/net/tls_shared.h"

namespace vedette::net {

class TlsConnection {
 public:
  // Whether the driver sets the SNI to the host by itself, as libcurl does.
  enum class Sni : std::uint8_t { by_driver, by_us };
  // What keeps a handshake from beginning; failure() says it in words.
  enum class Trouble : std::uint8_t { roots, client_certificate };

  // `host`: the peer's name, IPv6 with or without brackets. `shared` outlives the connection.
  TlsConnection(TlsShared& shared, const TlsSettings& settings, std::string_view host, Sni sni);

  TlsContext context() const { return context_; }
  const TlsSettings& settings() const { return settings_; }
  // Once, before the handshake. `context` was made in the library context of context().
  std::expected<void, Trouble> configure(SSL_CTX& context);

  // As TlsSession's functions of the same names.
  std::optional<TlsFacts> facts() const;
  std::optional<Failure> failure() const;
  bool wants_full_context();
  void finish(bool ok);

  const Handshake* handshake() const { return handshake_ ? &*handshake_ : nullptr; }

 private:
  std::expected<void, Trouble> give_client_certificate(SSL_CTX& context);

  TlsShared& shared_;
  const TlsSettings settings_;
  const std::string host_;  // the name that is checked
  const std::string peer_;
  const TlsContext context_;
  const Sni sni_;
  std::optional<Failure> setup_failure_;
  std::optional<Handshake> handshake_;
};

}  // namespace vedette::net
