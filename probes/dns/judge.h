// SPDX-License-Identifier: Apache-2.0
// From what a name server said to the result of a run. No I/O.
#pragma once

#include "probes/dns/asked.h"
#include "probes/dns/settings.h"
#include "probes/result.h"

namespace vedette::dns {

struct Manner {
  bool of_zone = false;  // a name server of the zone itself must be authoritative
  bool brief = false;    // RunInput::brief
};

// `started_at` is left to the caller.
Result judge(const Settings& settings, const Asked& asked, Manner manner, Instant now);

}  // namespace vedette::dns
