// SPDX-License-Identifier: Apache-2.0
// One result out of what several servers said. No I/O.
#pragma once

#include <optional>
#include <vector>

#include "probes/dns/agreement.h"
#include "probes/dns/asked.h"
#include "probes/dns/settings.h"
#include "probes/result.h"

namespace vedette::dns {

struct ServerAsked {
  Asked asked;
  std::optional<Claim> claim;  // when there was an answer
};

// Every server must do as expected, and all must agree; those that do not are named. Phases, facts,
// gauges and transcript are those of the worst server, or of the slowest one when all did equally
// well. `servers` is not empty.
Result join(const Settings& settings, std::vector<ServerAsked> servers, Instant now);

// The servers could not be found out.
Result judge_without_zone(const Settings& settings, const peer::Server& resolver,
                          net::Failure failure);

}  // namespace vedette::dns
