// SPDX-License-Identifier: Apache-2.0
#include "agent/incident/maintenance.h"

namespace vedette::incident {

std::string_view text(MaintenanceStatus status) {
  switch (status) {
    case MaintenanceStatus::scheduled:
      return "scheduled";
    case MaintenanceStatus::in_progress:
      return "in_progress";
    case MaintenanceStatus::verifying:
      return "verifying";
    case MaintenanceStatus::completed:
      break;
  }
  return "completed";
}

}  // namespace vedette::incident
