// SPDX-License-Identifier: Apache-2.0
#include "agent/reconcile/monitored.h"

#include "agent/settings/settings.h"

namespace vedette::reconcile {

Monitored monitored(const settings::Settings& settings) {
  Monitored what{
      settings.agent.region, settings.components, {}, settings.incidents, settings.maintenances};
  what.checks.reserve(settings.checks.size());
  for (const settings::Check& check : settings.checks)
    what.checks.push_back({check.name, check.component});
  return what;
}

}  // namespace vedette::reconcile
