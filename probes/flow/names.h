// SPDX-License-Identifier: Apache-2.0
// Names of values, and which of them are known at a place of the configuration.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "config/problems.h"

namespace vedette::flow {

using Names = std::set<std::string, std::less<>>;

// Lower-case letters, digits and "_", beginning with a letter.
void check_name(std::string_view name, const config::Place& place, config::Problems& problems);

// A name that nobody gives a value is a problem, told with the nearest one that is known.
void require_known(const std::string& name, const config::Place& place, const Names& known,
                   config::Problems& problems);

// Those that every flow has: run.id, run.time, run.random, step.key.
Names names_of_every_flow();

}  // namespace vedette::flow
