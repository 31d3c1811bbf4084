// SPDX-License-Identifier: Apache-2.0
// Facts of a TLS session and of the certificates shown in it, kept also when verification fails.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "probes/clock.h"
#include "probes/net/failure.h"

namespace vedette::net {

struct Certificate {
  std::string subject;  // RFC 2253
  std::string issuer;
  std::vector<std::string> names;  // subjectAltName: DNS names and IP addresses
  std::string serial;              // upper-case hex
  std::string sha256;              // lower-case hex of the DER
  Instant not_before{};
  Instant not_after{};
};

// Rendered once per distinct chain and shared by all runs that see the same bytes.
using CertificateChain = std::shared_ptr<const std::vector<Certificate>>;

struct TlsFacts {
  std::string version;                       // "TLS 1.3"
  std::string cipher;                        // "TLS_AES_128_GCM_SHA256"
  CertificateChain chain;                    // as presented, leaf first; never null, never empty
  Instant earliest_expiry{};                 // of the presented chain
  std::optional<Instant> last_chain_expiry;  // of the verified chain (its earliest), when verified
  std::optional<Failure> verification;       // why the chain or the name was not accepted
};

}  // namespace vedette::net
