// SPDX-License-Identifier: Apache-2.0
// What all TLS sessions of one loop share: library contexts, roots, verifier, and what is
// remembered of peers.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>

#include "probes/net/lru.h"
#include "probes/net/ssl_contexts.h"
#include "probes/net/tls_client_certificate.h"
#include "probes/net/tls_engine.h"
#include "probes/net/tls_roots.h"
#include "probes/net/tls_slim_context.h"
#include "probes/net/tls_verifier.h"

namespace vedette::net {

class TlsShared {
 public:
  explicit TlsShared(TlsEngineSettings settings);

  const TlsEngineSettings& settings() const { return settings_; }
  bool slim_available() const { return slim_.get() != nullptr; }
  OSSL_LIB_CTX* library(TlsContext context) const;
  SslContexts& contexts() { return contexts_; }
  TlsVerifier& verifier() { return verifier_; }
  const TlsVerifier& verifier() const { return verifier_; }

  std::expected<Roots, Failure> roots(const std::string& ca_file, TlsContext context);
  std::expected<const ClientCertificate*, Failure> client_certificate(const TlsSettings& settings);
  void forget_roots();

  // Peers go by one name per host, CA file and client certificate.
  TlsContext context_for(const TlsSettings& settings, const std::string& peer);
  void needs_full_context(const std::string& peer);
  // False on the first exchange with a peer and after one that went wrong.
  bool went_well(const std::string& peer) { return well_.find(peer) != nullptr; }
  void exchange_ended(const std::string& peer, TlsContext context, bool ok);

  // Of connections that may be used again. An address that libssl gives to a new context comes with
  // new facts.
  void keep_facts(const SSL_CTX* connection, const TlsFacts& facts) {
    connections_.put(connection, facts);
  }
  std::optional<TlsFacts> facts_of(const SSL_CTX* connection);

  TlsCounters counters() const;

 private:
  void tell_counts();

  static constexpr std::size_t max_peers = 16384;       // ~100 bytes each
  static constexpr std::size_t max_connections = 1024;  // ~200 bytes each

  const TlsEngineSettings settings_;
  SlimContext slim_;  // outlives everything made in it
  SslContexts contexts_;
  RootSets roots_;
  ClientCertificates client_certificates_;
  TlsVerifier verifier_;
  std::uint64_t known_generation_ = 0;
  std::uint64_t retries_ = 0;
  TlsCounters told_;  // so much of it is in the counts of all loops
  Lru<const SSL_CTX*, TlsFacts> connections_{max_connections};
  Lru<std::string, bool> well_{max_peers};
  Lru<std::string, Steady::time_point> exotic_{
      max_peers};  // until when the full context is taken at once
};

}  // namespace vedette::net
