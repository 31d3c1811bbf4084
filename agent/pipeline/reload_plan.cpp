// SPDX-License-Identifier: Apache-2.0
#include "agent/pipeline/reload_plan.h"

#include <set>

namespace vedette::pipeline {

ReloadPlan plan_reload(const std::map<std::string, std::string>& running,
                       const std::vector<settings::Check>& next) {
  ReloadPlan plan;
  std::set<std::string_view> names;
  for (const auto& check : next) {
    names.insert(check.name);
    const auto found = running.find(check.name);
    if (found == running.end()) {
      plan.added.push_back(&check);
    } else if (found->second != check.fingerprint) {
      plan.changed.push_back(&check);
    } else {
      ++plan.unchanged;
    }
  }
  for (const auto& [name, fingerprint] : running) {
    if (!names.contains(name)) plan.removed.push_back(name);
  }
  return plan;
}

}  // namespace vedette::pipeline
