// SPDX-License-Identifier: Apache-2.0
// One POP3 session: greeting and, signed in, how much there is. Nothing is fetched or deleted.
#pragma once

#include "probes/pop3/settings.h"
#include "probes/probe.h"

namespace vedette::pop3 {

// `settings` outlive the run.
Awaitable<Result> run(const Settings& settings, net::Toolbox& net, Deadline deadline);

}  // namespace vedette::pop3
