// SPDX-License-Identifier: Apache-2.0
// What can be done to an incident, or to a maintenance, by the name of the action.
#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "agent/incident/actions.h"
#include "agent/incident/maintenance.h"
#include "agent/operator/fields.h"

namespace vedette::operators {

using ActOnIncident = std::function<incident::Acted(const incident::Incident& incident,
                                                    const incident::Actor& actor)>;
using ActOnMaintenance = std::function<incident::Amendment(const incident::Maintenance& maintenance,
                                                           const incident::Actor& actor)>;

// Reads the fields of the action and says what is to be done with them; the problem, if there is
// one, is with the fields.
struct IncidentAction {
  std::string_view name;
  ActOnIncident (*read)(Fields& fields);
};
struct MaintenanceAction {
  std::string_view name;
  ActOnMaintenance (*read)(Fields& fields);
};

// Those of one incident alone; merge and split are not among them.
std::span<const IncidentAction> incident_actions();
std::span<const MaintenanceAction> maintenance_actions();

}  // namespace vedette::operators
