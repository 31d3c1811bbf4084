// SPDX-License-Identifier: Apache-2.0
// The status of each configured component, and since when.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "agent/incident/model.h"
#include "agent/store/sql_db.h"

namespace vedette::store {

// By id.
std::vector<ComponentState> all_components(Db& db);
std::optional<ComponentState> find_component(Db& db, const std::string& id);

// Operational since now as far as anybody knows, and its history begins, when it is not known yet.
void add_component(Db& db, const std::string& id, Instant now);
void write_status(Db& db, const std::string& id, incident::ComponentStatus status, Instant since);
void forget_components_but(Db& db, const std::vector<incident::Component>& components);

}  // namespace vedette::store
