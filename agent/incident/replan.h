// SPDX-License-Identifier: Apache-2.0
// A maintenance that was called off and is wanted after all. Pure.
#pragma once

#include <string>

#include "agent/incident/maintenance.h"

namespace vedette::incident {

// It was called off before it began.
bool is_cancelled(const Maintenance& maintenance);
// Who did that; empty: nobody has.
std::string cancelled_by(const Maintenance& maintenance);

// On the plan again, with an entry that says so; as it is where it was not cancelled, or when it
// would be over by now.
Maintenance planned_again(Maintenance maintenance, const std::string& author, Instant now);

}  // namespace vedette::incident
