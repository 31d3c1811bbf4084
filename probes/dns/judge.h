// SPDX-License-Identifier: Apache-2.0
// From what a name server said to the result of a run. No I/O.
#pragma once

#include "probes/dns/asked.h"
#include "probes/dns/settings.h"
#include "probes/result.h"

namespace vedette::dns {

// `started_at` is left to the caller. A name server of the zone itself must be authoritative,
// whatever the expectations say.
Result judge(const Settings& settings, const Asked& asked, bool of_zone, Instant now);

}  // namespace vedette::dns
