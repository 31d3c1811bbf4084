// SPDX-License-Identifier: Apache-2.0
// What stands around an outage: what was done before it, what it hangs on, and what still works.
#pragma once

#include <string>
#include <vector>

#include "agent/incident/decide.h"
#include "agent/incident/membership.h"
#include "agent/incident/relations.h"

namespace vedette::incident::background {

// Components of the incident that fail, by id.
Ids failing_ids(const Incident& incident);

// Public sentences, each with a blank before it; empty where there is nothing to say.

// " It has been failing since the maintenance "Database", which ended at 09:00:00 UTC."
std::string since_maintenance(const Situation& situation, const Ids& failing, Instant now);
// The most suspicious change or maintenance before the onset; where a maintenance has been named
// already, only a change.
std::string suspicion(const Situation& situation, const Incident& incident, const Policy& policy,
                      Instant now, bool only_changes);
// Which of `failing` depend on which failing components of the incident.
std::string dependencies(const Incident& incident, const Relations& relations, const Ids& failing);
// What works of that on which it depends, and of its group.
std::string still_working(const Situation& situation, const Incident& incident);

// Internal lines: suspects and later changes that the timeline does not name yet by their ids; at
// the opening also that there are none.
std::string untold_changes(const Situation& situation, const Incident& incident,
                           const Policy& policy, bool opens);
// Changes before the onset that were recorded after the opening, where no entry has named one yet
// in public.
std::string late_suspicion(const Situation& situation, const Incident& incident,
                           const Policy& policy, Instant now);
// Passing checks of what still works, for the engineers.
std::string passing_controls(const Situation& situation, const Incident& incident);

}  // namespace vedette::incident::background
