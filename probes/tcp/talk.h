// SPDX-License-Identifier: Apache-2.0
// Holds one session with a server: connects, goes over to TLS, plays the dialogue.
#pragma once

#include "probes/net/stream.h"
#include "probes/tcp/session.h"
#include "probes/tcp/settings.h"

namespace vedette::tcp {

// Ends by the deadline. `settings` outlives it.
Awaitable<Session> talk(const Settings& settings, net::IpFamily family, net::Toolbox& net,
                        Deadline deadline);

}  // namespace vedette::tcp
