// SPDX-License-Identifier: Apache-2.0
// Incidents with their components; the timeline lies in updates_table.h and is read and written
// along.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "agent/incident/decide.h"
#include "agent/incident/model.h"
#include "agent/store/sql_db.h"

namespace vedette::store {

std::optional<incident::Incident> find_incident(Db& db, const std::string& id);
std::optional<incident::Incident> open_incident(Db& db, const std::string& group);
std::optional<incident::Incident> last_resolved_incident(Db& db, const std::string& group);

// All open ones and the newest `limit`, newest first by `opened`.
std::vector<incident::Incident> newest_incidents(Db& db, int limit);
std::vector<std::string> groups_with_open_incident(Db& db);

// All open ones, and these.
std::vector<incident::Incident> open_and_named_incidents(Db& db,
                                                         const std::vector<std::string>& ids);

// Where the component is part of an open incident of another group than `group`.
std::vector<incident::Elsewhere> memberships(Db& db, const std::string& component,
                                             const std::string& group);

// `before` is the incident of the same id as it is stored; null: there is none. Updates are only
// ever appended: a timeline that is not that of `before` and more, numbered 1..n, is a `bug`.
void write_incident(Db& db, const incident::Incident& incident, const incident::Incident* before);

}  // namespace vedette::store
