// SPDX-License-Identifier: Apache-2.0
// The section `agent`.
#pragma once

#include "agent/settings/settings.h"
#include "config/node.h"

namespace vedette::settings {

// `types` are the probes that a control can have; they outlive the agent.
Agent read_agent(config::Section& top, std::span<const ProbeType> types);

}  // namespace vedette::settings
