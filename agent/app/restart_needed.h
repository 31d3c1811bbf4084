// SPDX-License-Identifier: Apache-2.0
// Which settings a reload cannot change. Pure.
#pragma once

#include <string>
#include <vector>

#include "agent/settings/settings.h"

namespace vedette::app {

// The keys that differ and take effect at the next start only: "agent.listen".
std::vector<std::string> restart_needed(const settings::Agent& now, const settings::Agent& next);

}  // namespace vedette::app
