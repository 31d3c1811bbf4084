// SPDX-License-Identifier: Apache-2.0
// The components of an incident taken together: which fail, what they are called, what is said
// about them.
#pragma once

#include <string>
#include <vector>

#include "agent/incident/view.h"

namespace vedette::incident {

using Components = std::vector<IncidentComponent>;

bool anything_fails(const Incident& incident);
Components failing_of(Components components);
// Those with a vote: of the rest nobody can say whether they work.
Components watched_of(Components components, const View& view);
std::vector<std::string> names_of(const Components& components);
Votes votes_of(const Components& components, const View& view);

}  // namespace vedette::incident
