// SPDX-License-Identifier: Apache-2.0
// The SSL_CTX of connections that libcurl does not drive. Each has one of its own while it lasts,
// because that is where its hooks are. To make one costs a quarter of a handshake, so they are kept
// for the next connection, as if new: without roots, certificates, hooks and sessions.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include <openssl/ssl.h>

#include "probes/net/tls_engine.h"
#include "probes/net/tls_openssl.h"

namespace vedette::net {

// Used on one loop thread.
class SslContexts {
 public:
  // Goes back where it came from. Its SSL, and whatever else refers to it, is gone by then.
  struct GivesBack {
    SslContexts* home = nullptr;  // null: it is freed, as one that bears a client certificate is
    TlsContext library = TlsContext::slim;
    void operator()(SSL_CTX* context) const;
  };
  using Lent = std::unique_ptr<SSL_CTX, GivesBack>;

  // One that was made in `made_in`, the library context of `library`, for TLS 1.2 and later, that
  // verifies and refuses unless told otherwise. Null when OpenSSL has no memory.
  Lent take(TlsContext library, OSSL_LIB_CTX* made_in, bool only_once);

 private:
  static constexpr std::size_t max_spare = 32;

  std::array<std::vector<SslContextPtr>, 2> spare_;  // by TlsContext
};

}  // namespace vedette::net
