// SPDX-License-Identifier: Apache-2.0
// The tables of the flows' journal: what is to be cleaned up, whose it is, what was spent.
#pragma once

#include <vector>

#include "agent/store/journal.h"
#include "agent/store/sql_db.h"

namespace vedette::store {

void write_line(Db& db, const JournalOwner& owner, const JournalLine& line);
// Notes that the owner lives, and gives the flow's entries that are its own or a dead agent's;
// oldest first.
std::vector<flow::Entry> entries_of(Db& db, const JournalOwner& owner, const std::string& flow,
                                    Instant now);
std::vector<flow::Entry> all_entries(Db& db, const std::string& region);
// By all agents of the region.
std::vector<flow::Spent> spent_since(Db& db, const std::string& region, const std::string& flow,
                                     Instant since);

}  // namespace vedette::store
