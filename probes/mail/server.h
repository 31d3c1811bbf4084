// SPDX-License-Identifier: Apache-2.0
// The mail server that a session talks to, and how its connection is to be protected.
#pragma once

#include <cstdint>
#include <string>

#include "probes/net/stream.h"
#include "probes/net/tls_settings.h"

namespace vedette::mail {

enum class Encryption : std::uint8_t {
  implicit,       // TLS from the first byte
  required,       // STARTTLS, and no session without it
  opportunistic,  // STARTTLS where it is offered; then it must succeed
  none,
};

// Immutable, shared by all runs of a check.
struct Server {
  net::Endpoint endpoint;
  Encryption encryption = Encryption::required;
  net::TlsSettings tls;
  bool allow_plaintext = false;  // credentials may go over a connection without TLS
  std::string client_name;       // of EHLO: a host name or an address literal
};

}  // namespace vedette::mail
