// SPDX-License-Identifier: Apache-2.0
// From OpenSSL's certificates to plain facts: each distinct chain is rendered once and then shared.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "probes/net/certificate.h"
#include "probes/net/lru.h"
#include "probes/net/tls_openssl.h"
#include "probes/net/tls_verify_memo.h"

namespace vedette::net {

Certificate describe(const X509& certificate);
std::string subject_of(const X509& certificate);  // RFC 2253
Instant not_before_of(const X509& certificate);
Instant not_after_of(const X509& certificate);

// The latest notBefore and the earliest notAfter.
VerifiedChain dates_of(const STACK_OF(X509) & chain);

// Keeps a digest's machinery ready: fetching it anew for each chain costs more than the digest.
class ChainHasher {
 public:
  ChainHasher();
  // Empty when libcrypto fails: then nothing may be remembered.
  std::optional<ChainDigest> operator()(const STACK_OF(X509) & chain);

 private:
  bool add(const X509& certificate);

  DigestPtr sha256_;
  DigestContextPtr context_;
  std::vector<unsigned char> der_;
};

class ChainFacts {
 public:
  explicit ChainFacts(std::size_t capacity) : rendered_(capacity) {}
  CertificateChain of(const STACK_OF(X509) & chain, const std::optional<ChainDigest>& digest);

 private:
  Lru<ChainDigest, CertificateChain, ChainDigestHash> rendered_;
};

}  // namespace vedette::net
