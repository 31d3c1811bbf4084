// SPDX-License-Identifier: Apache-2.0
// Small incidents, votes and decisions for the tests of the store.
#pragma once

#include <string>
#include <vector>

#include "agent/store/store.h"

namespace vedette::store::test {

// 2026-11-08T10:00:00Z and so many milliseconds.
Instant at(std::int64_t ms);

incident::Component component(const std::string& id, const std::string& group = "");
Group group_of(const std::vector<incident::Component>& components);

incident::Vote vote(const std::string& check, const std::string& component, detect::State state,
                    Instant decided);

// An open incident with two updates (the second one internal) and every field filled.
incident::Incident incident_in(const std::string& group, const std::string& id, Instant opened);
// The next state of an incident: one update more, with that status.
incident::Incident continued(incident::Incident incident, incident::Status status, Instant now);

// Decisions: always this; nothing missing.
Decide always(incident::Incident incident);
Decide nothing();

}  // namespace vedette::store::test
