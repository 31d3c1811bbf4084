// SPDX-License-Identifier: Apache-2.0
// The `tcp` and `tls` sections of a check, typed and checked.
#pragma once

#include <optional>
#include <vector>

#include "config/node.h"
#include "probes/net/tls_settings.h"
#include "probes/peer/judge.h"
#include "probes/peer/read_peer.h"
#include "probes/tcp/dialogue.h"
#include "probes/tcp/starttls.h"
#include "probes/transcript.h"

namespace vedette::tcp {

struct Settings : peer::Expectations {
  peer::Server server;
  std::vector<net::IpFamily> families;  // one connection over each
  std::optional<StartTlsProtocol> starttls;
  bool secure = false;  // TLS at once, or after starttls
  net::TlsSettings tls;
  std::vector<Step> dialogue;
  Mask mask;  // of all secrets in here
};

// Nothing when there were problems; all of them are reported.
std::optional<Settings> parse_tcp(const config::Node& node, config::Problems& problems);
std::optional<Settings> parse_tls(const config::Node& node, config::Problems& problems);

}  // namespace vedette::tcp
