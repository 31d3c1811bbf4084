// SPDX-License-Identifier: Apache-2.0
// What the probe of each check in each region remembers of its last run.
#pragma once

#include <string>
#include <vector>

#include "agent/store/sql_db.h"

namespace vedette::store {

void write_memory(Db& db, const std::string& region, const Memory& memory);

// By check.
std::vector<Memory> memories_of_region(Db& db, const std::string& region);

// Those of other regions stay.
void forget_memories_but(Db& db, const std::string& region, const std::vector<std::string>& checks);

}  // namespace vedette::store
