// SPDX-License-Identifier: Apache-2.0
// One run of a DNS check.
#pragma once

#include "probes/dns/settings.h"
#include "probes/net/toolbox.h"
#include "probes/result.h"

namespace vedette::dns {

// `settings` outlives the run; `brief` as in RunInput.
Awaitable<Result> run(const Settings& settings, net::Toolbox& net, Deadline deadline, bool brief);

}  // namespace vedette::dns
