// SPDX-License-Identifier: Apache-2.0
// One pass over one group's incident: tells every change, once, in public words and with its
// evidence.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "agent/incident/draft.h"
#include "agent/incident/relations.h"
#include "agent/incident/shifts.h"
#include "agent/incident/view.h"
#include "agent/incident/wording.h"

namespace vedette::incident {

// "Login: major outage", by the worst that its components met.
std::string title_of(const Incident& incident, const Texts& texts);

class Decision {
 public:
  // All of it outlives the decision. `situation` holds the votes as they count (counted.h).
  Decision(Incident incident, const Situation& situation, const View& view, const Policy& policy,
           Instant now);

  Incident run();

 private:
  using Shifts = std::vector<Shift>;
  Incident& incident() { return draft_.incident(); }

  void tell(const Shifts& shifts);
  void tell_failing(const Shifts& shifts, wording::News news);
  void tell_dropped(const Shifts& shifts, bool more_to_come);
  void tell_recovered(const Shifts& shifts);
  std::string surroundings(const Shifts& shifts, wording::News news);
  std::string left_behind(const wording::Names& recovered);
  wording::News news_of_added();
  Instant last_recovery();

  void rate();
  Impact impact_of_member(const IncidentComponent& member);
  void give_evidence(Impact impact_before, bool opens);
  void tell_late_suspicion();
  void identify();
  void tell_progress();

  Draft draft_;
  const Situation& situation_;
  const View& view_;
  const Policy& policy_;
  const Relations relations_;
  std::string passing_;  // evidence of what got better
};

}  // namespace vedette::incident
