// SPDX-License-Identifier: Apache-2.0
// Asks running checks why they are in their state.
#pragma once

#include <string>
#include <vector>

#include "agent/app/fleet.h"
#include "agent/operator/api.h"

namespace vedette::app {

// On the core loop. By name of the check; none: there is no such check. An error when a shard does
// not answer within two seconds. `fleet` must outlive it.
operators::Awaitable<operators::Asked<std::vector<detect::Account>>> explain(Fleet& fleet,
                                                                             std::string check);

}  // namespace vedette::app
