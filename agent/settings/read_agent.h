// SPDX-License-Identifier: Apache-2.0
// The section `agent`.
#pragma once

#include "agent/settings/settings.h"
#include "config/node.h"

namespace vedette::settings {

Agent read_agent(config::Section& top);

}  // namespace vedette::settings
