// SPDX-License-Identifier: Apache-2.0
// One run of a DNS check.
#pragma once

#include "probes/dns/settings.h"
#include "probes/net/toolbox.h"
#include "probes/result.h"

namespace vedette::dns {

// `settings` outlives the run.
Awaitable<Result> run(const Settings& settings, net::Toolbox& net, Deadline deadline);

}  // namespace vedette::dns
