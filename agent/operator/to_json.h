// SPDX-License-Identifier: Apache-2.0
// Incidents, changes and maintenances as the operator API shows them: all of them, internal entries
// too.
#pragma once

#include <string>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "agent/incident/change.h"
#include "agent/incident/maintenance.h"
#include "agent/incident/model.h"

namespace vedette::operators {

// Null for an empty text.
boost::json::value or_null(const std::string& text);

boost::json::object to_json(const incident::Incident& incident);
boost::json::object to_json(const incident::Change& change);
boost::json::object to_json(const incident::Maintenance& maintenance);

}  // namespace vedette::operators
