// SPDX-License-Identifier: Apache-2.0
// Notices that something was done to components just now: a change was recorded or observed, or the
// work of a maintenance began or ended. Pure.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "agent/incident/change.h"
#include "agent/incident/maintenance.h"

namespace vedette::incident {

// What was done longer ago, and is told only now, makes nobody look again.
inline constexpr Duration just_now{3'600'000};

class Touched {
 public:
  // The ids of the components to which something was done that no call before was told of. What the
  // first call is told of is no news: the agent has just started, and looks anyway.
  std::set<std::string> news(const std::vector<Change>& changes,
                             const std::vector<Maintenance>& maintenances, Instant now);

 private:
  std::set<std::string> known_;
  bool first_ = true;
};

// These components, and all that depend on them.
std::set<std::string> with_dependents(const std::set<std::string>& ids,
                                      const std::vector<Component>& components);

}  // namespace vedette::incident
