// SPDX-License-Identifier: Apache-2.0
// Incidents as a history lists them: many, and little of each.
#pragma once

#include <vector>

#include "agent/store/sql_db.h"

namespace vedette::store {

// Those opened since `since` that have a public update, the newest `limit`, newest first.
std::vector<Outline> outlines_since(Db& db, Instant since, int limit);

// As Store::chapter().
Chapter read_chapter(Db& db, const ChapterKey& key);

}  // namespace vedette::store
