// SPDX-License-Identifier: Apache-2.0
// Reads a scenario file. The format is described in docs/scenarios.md.
#pragma once

#include <filesystem>
#include <optional>

#include "agent/simulate/scenario.h"
#include "config/problems.h"

namespace vedette::simulate {

// Reports every problem at once, with its place. Nothing exactly when there were problems.
std::optional<Scenario> read_scenario(const std::filesystem::path& path,
                                      config::Problems& problems);

}  // namespace vedette::simulate
