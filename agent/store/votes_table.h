// SPDX-License-Identifier: Apache-2.0
// The newest verdict of each check in each region.
#pragma once

#include <string>
#include <vector>

#include "agent/incident/model.h"
#include "agent/store/sql_db.h"

namespace vedette::store {

// An older `decided` never overwrites a newer one.
void write_vote(Db& db, const incident::Vote& vote);

// Components with a verdict other than "unknown", sorted.
std::vector<std::string> components_heard_of(Db& db);
// By component, then region; the votes of agents that were not heard of since `heard_since` tell
// nothing.
std::vector<Sighting> sightings(Db& db, Instant heard_since);
// By check.
std::vector<incident::Vote> votes_of_region(Db& db, const std::string& region);
// Without those of a region whose agent was heard of, but not since `heard_since`.
std::vector<incident::Vote> votes_of_component(Db& db, const std::string& component,
                                               Instant heard_since);

// Those of other regions stay.
void forget_votes_but(Db& db, const std::string& region, const std::vector<std::string>& checks);

}  // namespace vedette::store
