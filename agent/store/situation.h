// SPDX-License-Identifier: Apache-2.0
// What decide() may know of a group, read from the tables, and what follows from its decision for
// the components.
#pragma once

#include "agent/incident/decide.h"
#include "agent/store/sql_db.h"
#include "agent/store/store.h"

namespace vedette::store {

incident::Situation load_situation(Db& db, const Group& group, Instant now);

// The status and the history of the group's own components and of the guests of its incident;
// `incident` is as it shall be, null: there is none. True when that is news.
bool write_statuses(Db& db, const incident::Situation& situation,
                    const incident::Incident* incident, Instant now);

}  // namespace vedette::store
