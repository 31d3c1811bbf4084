// SPDX-License-Identifier: Apache-2.0
// What the reconciler needs of the configuration.
#pragma once

#include <string>
#include <vector>

#include "agent/incident/decide.h"
#include "agent/incident/model.h"
#include "agent/settings/maintenances.h"

namespace vedette::settings {
struct Settings;
}

namespace vedette::reconcile {

struct MonitoredCheck {
  std::string name;
  std::string component;
};

struct Monitored {
  std::string region;
  std::vector<incident::Component> components;
  std::vector<MonitoredCheck> checks;
  incident::Policy policy;
  std::vector<settings::PlannedMaintenance> maintenances{};
};

Monitored monitored(const settings::Settings& settings);

}  // namespace vedette::reconcile
