// SPDX-License-Identifier: Apache-2.0
// The state of the whole page out of the statuses of its components, as Statuspage computes it.
#pragma once

#include <string_view>
#include <vector>

#include "agent/incident/model.h"

namespace vedette::page {

struct Rollup {
  std::string_view indicator;    // none, minor, major, critical, maintenance
  std::string_view description;  // one of Statuspage's fixed sentences
  bool operator==(const Rollup&) const = default;
};

// Incidents count only on a page without components, by the worst impact of those that are open.
Rollup roll_up(const std::vector<incident::ComponentStatus>& components,
               incident::Impact worst_open_impact);

}  // namespace vedette::page
