// SPDX-License-Identifier: Apache-2.0
// Client certificates for mutual TLS: read once, and again when a file changes.
#pragma once

#include <expected>
#include <map>
#include <string>
#include <utility>

#include <openssl/ssl.h>

#include "probes/clock.h"
#include "probes/net/failure.h"
#include "probes/net/tls_openssl.h"
#include "probes/net/tls_roots.h"

namespace vedette::net {

struct ClientCertificate {
  CertificatePtr leaf;
  CertificateStackPtr others;
  KeyPtr key;

  // False when libssl refuses it (a key that is too short, for one).
  bool use_in(SSL_CTX& context) const;
};

// PEM; the certificate first, then its intermediates. An encrypted key is an error: nobody is there
// to ask.
std::expected<ClientCertificate, Failure> read_client_certificate(const std::string& cert_file,
                                                                  const std::string& key_file);

class ClientCertificates {
 public:
  static constexpr auto recheck_after = std::chrono::seconds(2);

  // An empty key_file: the key is in cert_file. The pointer is good until the next call.
  std::expected<const ClientCertificate*, Failure> get(const std::string& cert_file,
                                                       const std::string& key_file,
                                                       Steady::time_point now);
  void forget() { known_.clear(); }

 private:
  struct Entry {
    std::pair<FileStamp, FileStamp> stamps;
    Steady::time_point checked_at{};
    std::expected<ClientCertificate, Failure> certificate;
  };
  std::map<std::pair<std::string, std::string>, Entry> known_;
};

}  // namespace vedette::net
