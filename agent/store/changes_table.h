// SPDX-License-Identifier: Apache-2.0
// What was done to components, as told or observed.
#pragma once

#include <string>
#include <vector>

#include "agent/incident/change.h"
#include "agent/store/sql_db.h"

namespace vedette::store {

// Observed within this time of each other, with the same result, it was one change.
inline constexpr Duration observed_together{900'000};

// True when it is news: told twice, or observed by several, a change is written once.
bool write_change(Db& db, const incident::Change& change);

// Those at or after `since`, newest first, `limit` at most.
std::vector<incident::Change> changes_since(Db& db, Instant since, int limit);

// The same of one component, oldest first.
std::vector<incident::Change> changes_of_component(Db& db, const std::string& component,
                                                   Instant since);

void forget_changes_before(Db& db, Instant instant);

}  // namespace vedette::store
