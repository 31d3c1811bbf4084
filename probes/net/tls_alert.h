// SPDX-License-Identifier: Apache-2.0
// What a failed handshake was about, out of an alert of the server or out of libcurl's words. Pure.
#pragma once

#include <string>

#include "probes/net/failure.h"

namespace vedette::net {

struct AlertSeen {
  int description = 0;                        // RFC 8446 section 6
  bool client_certificate_requested = false;  // by the server, in this handshake
  bool client_certificate_given = false;      // configured by us
  std::string server_name = {};               // as sent; may be empty
};

// The server ended the session with a fatal alert.
Failure alert_failure(const AlertSeen& alert);

}  // namespace vedette::net
