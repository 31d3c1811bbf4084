// SPDX-License-Identifier: Apache-2.0
// Asks a name server a question, by whatever transport was configured.
#pragma once

#include <vector>

#include "probes/dns/asked.h"
#include "probes/dns/settings.h"
#include "probes/net/toolbox.h"

namespace vedette::dns {

// All that is given outlives the asking. `out` is one that nothing was asked for yet.

// The addresses of its name are tried in order; one that cannot be talked to gets half of the time
// that is left, the last one all of it. A truncated answer over UDP is asked for again over TCP.
// When a resolver says SERVFAIL, the question is put once more with checking disabled, outside of
// the clock, to learn whether it is bogus.
Awaitable<void> ask_server(net::Toolbox& net, const Way& way, const Query& query,
                           const peer::Server& server, Deadline deadline, Asked& out);

// The same at the first of the servers that can be talked to, as resolvers do; `servers` is not
// empty.
Awaitable<void> ask_first(net::Toolbox& net, const Way& way, const Query& query,
                          const std::vector<peer::Server>& servers, Deadline deadline, Asked& out);

}  // namespace vedette::dns
