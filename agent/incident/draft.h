// SPDX-License-Identifier: Apache-2.0
// An incident being brought up to date: statuses are set, and each entry of the timeline records
// what they were before.
#pragma once

#include <map>
#include <string>

#include "agent/incident/model.h"

namespace vedette::incident {

class Draft {
 public:
  // `now` is drawn up to the newest entry, so that the timeline never runs backwards.
  Draft(Incident incident, Instant now);

  const Incident& incident() const { return incident_; }
  Incident& incident() { return incident_; }
  Instant now() const { return now_; }

  // Adds the component when it is new; clears `recovered` when it fails.
  void set_failing(const std::string& component, const std::string& name, ComponentStatus status);
  void set_recovered(const std::string& component, Instant recovered);

  void append(Status status, std::string text, bool is_public = true);

 private:
  IncidentComponent& entry(const std::string& component);

  Incident incident_;
  Instant now_;
  std::map<std::string, ComponentStatus> told_;  // as of the newest entry
};

}  // namespace vedette::incident
