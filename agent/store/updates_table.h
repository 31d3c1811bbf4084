// SPDX-License-Identifier: Apache-2.0
// The timelines. Entries are appended, never changed; the table itself refuses anything else.
#pragma once

#include <string>
#include <vector>

#include "agent/incident/model.h"
#include "agent/store/sql_db.h"

namespace vedette::store {

// By sequence.
std::vector<incident::Update> read_updates(Db& db, const std::string& incident);

// Writes the entries of the incident's timeline that follow `stored`.
void append_updates(Db& db, const incident::Incident& incident,
                    const std::vector<incident::Update>& stored);

}  // namespace vedette::store
