// SPDX-License-Identifier: Apache-2.0
// How a TLS session is to be made and checked. Immutable, shared by all runs of a check.
#pragma once

#include <string>

namespace vedette::net {

struct TlsSettings {
  // false: facts are kept and the verification error is told, but it does not fail the run.
  bool verify = true;
  std::string ca_file{};      // PEM; empty: the system's roots
  std::string cert_file{};    // client certificate (mutual TLS), PEM
  std::string key_file{};     // its key, PEM; empty: it is in cert_file
  std::string server_name{};  // SNI and the name that is checked; empty: the URL's host
  // Remember verified chains for minutes; docs/tls.md tells the rules.
  bool verify_memo = true;
  bool fast = true;  // slim library context with a retry in the full one for exotic peers

  bool operator==(const TlsSettings&) const = default;
};

}  // namespace vedette::net
