// SPDX-License-Identifier: Apache-2.0
// The bodies of the Atlassian Statuspage API v2: exact keys in their exact order, nulls never left
// out, instants as "2026-11-08T10:00:03.250Z", newest first.
#pragma once

#include <string>

#include "agent/page/view.h"

namespace vedette::page {

std::string summary_json(
    const View& view);  // page, components, open incidents, maintenances, status
std::string status_json(const View& view);      // page, status
std::string components_json(const View& view);  // page, components
std::string incidents_json(const View& view);   // page, the 50 newest incidents
std::string unresolved_json(const View& view);  // page, open incidents

enum class Maintenances { all, upcoming, active };                    // `all`: the 50 newest
std::string maintenances_json(const View& view, Maintenances which);  // page, maintenances

}  // namespace vedette::page
