// SPDX-License-Identifier: Apache-2.0
// Every server of a list, or of a zone, is asked at the same time, and they must agree.
#pragma once

#include "probes/dns/settings.h"
#include "probes/net/toolbox.h"
#include "probes/result.h"

namespace vedette::dns {

// `started_at` is left to the caller.
Awaitable<Result> run_each_server(const Settings& settings, net::Toolbox& net, Deadline deadline);

}  // namespace vedette::dns
