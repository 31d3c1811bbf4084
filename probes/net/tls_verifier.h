// SPDX-License-Identifier: Apache-2.0
// Verifies what a server presented: chain (from the memo where its rules allow), dates, host; and
// keeps the facts.
#pragma once

#include <string>

#include "probes/net/certificate.h"
#include "probes/net/tls_chain.h"
#include "probes/net/tls_engine.h"
#include "probes/net/tls_roots.h"
#include "probes/net/tls_verify_memo.h"

namespace vedette::net {

struct VerifyOrder {
  std::string host;     // the name to check: DNS name or address literal
  std::string ca_file;  // as in TlsSettings
  Roots roots;          // of the session's library context
  TlsContext context = TlsContext::full;
  bool memo = true;      // may use and fill the memo
  bool in_full = false;  // must not believe the memo, but may fill it
};

// Whether the host is an IP address literal.
bool is_address(const std::string& host);

// Whether the certificate names the host, by subjectAltName only (RFC 9525).
bool names_host(X509& certificate, const std::string& host);

class TlsVerifier {
 public:
  static constexpr std::size_t max_verified_chains = 16384;  // ~200 bytes each
  static constexpr std::size_t max_rendered_chains = 2048;   // ~2 KB each

  TlsVerifier(RootSets& roots, const TlsClock& clock);

  // For SSL_CTX_set_cert_verify_callback: `presented` is set up by libssl, its error is set to the
  // verdict. The facts lack version and cipher.
  TlsFacts verify(X509_STORE_CTX& presented, const VerifyOrder& order);

  void forget_chains() { memo_.clear(); }
  const VerifyMemo& memo() const { return memo_; }

 private:
  struct ChainVerdict;
  ChainVerdict verify_chain(X509_STORE_CTX& presented, const VerifyOrder& order,
                            const std::optional<ChainDigest>& digest);
  ChainVerdict verify_plainly(X509_STORE_CTX& presented, const VerifyOrder& order);
  ChainVerdict verify_in_full_context(X509_STORE_CTX& presented, const VerifyOrder& order);

  RootSets& roots_;
  const TlsClock& clock_;
  VerifyMemo memo_{max_verified_chains};
  ChainFacts facts_{max_rendered_chains};
  ChainHasher hasher_;
};

}  // namespace vedette::net
