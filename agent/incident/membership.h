// SPDX-License-Identifier: Apache-2.0
// Whose business a failing component is: that of its own group, or that of the incident which it
// explains, or which explains it.
#pragma once

#include <set>
#include <string>

#include "agent/incident/decide.h"

namespace vedette::incident {

using Ids = std::set<std::string, std::less<>>;

// The components on which the incident of this group, as it is stored, or a new one (null) decides.
// 1. Its members, wherever they are configured: once in, a component stays in. Of two incidents
// with
//    the same member the one has it in which it fails, else the older one.
// 2. What fails and depends on a failing member: the root's incident takes its dependents in.
// 3. What fails and a failing member depends on, when both began within `join_within`: an incident
//    takes its root in.
// 4. Other components of this group, unless 2 or 3 hold for another group's incident.
// Where 2 or 3 hold for several incidents, the one that was opened first has it. Two groups that
// decide one after the other so never both take a component, and never both leave it.
Ids concerned(const Situation& situation, const Incident* incident, const Policy& policy);

// The failing component, of another group's incident that was opened before this one, on which all
// that fails here depends: then this is no incident of its own. Empty: there is none.
std::string root_elsewhere(const Situation& situation, const Incident& incident,
                           const Policy& policy);

}  // namespace vedette::incident
