// SPDX-License-Identifier: Apache-2.0
// The resolvers that the system is configured with.
#pragma once

#include <string_view>
#include <vector>

#include "probes/peer/read_peer.h"

namespace vedette::dns {

// The `nameserver` lines of a resolv.conf(5): at most the first three, as libc takes them; the
// machine itself when there is none.
std::vector<peer::Server> parse_resolv_conf(std::string_view text);

// Those of /etc/resolv.conf as it is now; at most its first 16 KiB are read.
std::vector<peer::Server> system_servers();

}  // namespace vedette::dns
