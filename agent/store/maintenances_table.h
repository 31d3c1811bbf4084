// SPDX-License-Identifier: Apache-2.0
// Maintenances with their components and timelines.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "agent/incident/maintenance.h"
#include "agent/store/sql_db.h"

namespace vedette::store {

std::optional<incident::Maintenance> find_maintenance(Db& db, const std::string& id);

// Ahead, going on, or over since `since` at the earliest; latest start first.
std::vector<incident::Maintenance> maintenances_since(Db& db, Instant since);

// Begun by `now`, and not over before `since`, of this component.
std::vector<incident::Maintenance> maintenances_of_component(Db& db, const std::string& component,
                                                             Instant since, Instant now);

// Its entries are only ever appended.
void write_maintenance(Db& db, const incident::Maintenance& maintenance);

// As Store::tend(). With `planned_until` after `now` the plan is news: what the configuration took
// off and has again is planned again. What has begun goes on as it was announced.
std::vector<std::string> tend_maintenances(Db& db,
                                           const std::vector<incident::Maintenance>& planned,
                                           Instant planned_until, Instant now);

}  // namespace vedette::store
