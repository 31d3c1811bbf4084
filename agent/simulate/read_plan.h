// SPDX-License-Identifier: Apache-2.0
// The part of a scenario that stands for a configuration: a real one by `config:`, or components
// and checks in place.
#pragma once

#include <filesystem>

#include "agent/simulate/scenario.h"
#include "config/node.h"

namespace vedette::simulate {

// Reads config, components, checks and incidents. Paths are relative to `folder`.
Plan read_plan(config::Section& section, const std::filesystem::path& folder);

// Reads a reload: `config` for a whole new configuration, or the sections that are not as `before`.
Plan read_reload(const config::Node& node, Plan before, const std::filesystem::path& folder,
                 config::Problems& problems);

}  // namespace vedette::simulate
