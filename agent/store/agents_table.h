// SPDX-License-Identifier: Apache-2.0
// The agents, one for each region: when they were last heard of, and since when they have looked.
#pragma once

#include <map>
#include <string>

#include "agent/store/sql_db.h"

namespace vedette::store {

// It lives, and has looked since `since` without a pause. A silence of up to `silence_tolerated`
// before is no pause.
void note_alive(Db& db, const std::string& region, Instant since, Instant now);

// The newest sign of life; `fallback` when there was none.
Instant last_heard_of_any(Db& db, Instant fallback);

// By region, `now` at the latest.
std::map<std::string, Instant> watched_since(Db& db, Instant now);

}  // namespace vedette::store
