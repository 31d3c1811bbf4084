// SPDX-License-Identifier: Apache-2.0
// The situation put in order: the votes of each configured component, sorted, and what they say
// together. Whatever order votes and components came in, the same view results.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "agent/incident/decide.h"

namespace vedette::incident {

using Votes = std::vector<const Vote*>;  // by check, then region

struct ComponentView {
  const Component* component = nullptr;
  Votes votes;
};

// By id. Points into the situation, which must outlive it.
using View = std::map<std::string, ComponentView, std::less<>>;
// Of the components `concerned` (membership.h).
View view_of(const Situation& situation, const std::set<std::string, std::less<>>& concerned);

// operational 0 (and under_maintenance), degraded 1, partial 2, major 3.
int severity(ComponentStatus status);
inline bool failing(ComponentStatus status) {
  return severity(status) > 0;
}
// Of a component with that status and these votes; `component` may be null.
Impact impact_of(ComponentStatus status, const Votes& votes, const Component* component,
                 const Policy& policy);

bool failing(const Vote& vote);
bool unstable(const Vote& vote);
bool known(const Vote& vote);
Votes failing_votes(const Votes& votes);

// As component_status() of decide.h.
ComponentStatus status_of(const Votes& votes, ComponentStatus before);

// Since when the votes have stood as they stand now: the newest `since`. Nothing without votes.
std::optional<Instant> settled_since(const Votes& votes);

}  // namespace vedette::incident
