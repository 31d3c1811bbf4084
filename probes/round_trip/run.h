// SPDX-License-Identifier: Apache-2.0
// One run of a mail round trip: there, back, and nothing left behind.
#pragma once

#include "probes/probe.h"
#include "probes/round_trip/settings.h"

namespace vedette::round_trip {

// `settings` outlives the run. The mailbox is opened before anything is sent, so that no message is
// sent that could not be cleared away.
Awaitable<Result> run(const Settings& settings, RunInput input);

// Until when an arrival is waited for, `from` the submission on: `within`, but never so long that
// no time is left to clear the message away.
Deadline wait_until(Steady::time_point from, std::optional<Duration> within, Deadline deadline,
                    Duration timeout);

}  // namespace vedette::round_trip
