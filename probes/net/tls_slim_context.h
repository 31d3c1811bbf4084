// SPDX-License-Identifier: Apache-2.0
// An OpenSSL library context that knows only what today's TLS servers talk.
//
// For every certificate of a peer, OpenSSL 3.0 walks all decoders times all key types it knows; a
// third of a handshake's cost goes there. Nothing that is verified changes: the same code runs, it
// only finds fewer candidates. What is missing (DSA, Ed448, X448, finite-field groups, P-521 key
// exchange, CBC, CCM) fails, and is tried once more in the full context by TlsEngine.
#pragma once

#include "probes/net/tls_openssl.h"

namespace vedette::net {

class SlimContext {
 public:
  // get() is null when the system must not be bypassed (FIPS mode) or the providers cannot be
  // loaded.
  SlimContext();

  OSSL_LIB_CTX* get() const { return slim_.get(); }

 private:
  // The default provider, lent to the slim context. Destroyed last; one per engine, so that loops
  // share no locks.
  LibraryContextPtr lender_;
  ProviderPtr lent_;
  LibraryContextPtr slim_;
  ProviderPtr filter_;
};

}  // namespace vedette::net
