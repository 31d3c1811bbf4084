// SPDX-License-Identifier: Apache-2.0
// The schema, as numbered steps, each applied once. The number stands in the file (PRAGMA
// user_version).
#pragma once

#include "agent/store/sql_db.h"

namespace vedette::store {

// `incompatible` when the file has a newer schema than this program knows, or belongs to another
// program.
Expected<void> refuse_strangers(Db& db);

// Applies what is missing, each step in a transaction of its own; two processes may do so at once.
// Refuses strangers, too.
Expected<void> migrate(Db& db);

}  // namespace vedette::store
