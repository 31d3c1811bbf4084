// SPDX-License-Identifier: Apache-2.0
// What was done shortly before an outage, to what fails or to what that depends on: what the
// engineers have to look at first. Never more than a suspicion.
#pragma once

#include <string>
#include <vector>

#include "agent/incident/decide.h"
#include "agent/incident/membership.h"

namespace vedette::incident {

struct Suspect {
  const Change* change = nullptr;            // one of the two
  const Maintenance* maintenance = nullptr;  // begun before the outage
  Duration before{};                         // so long before the onset; 0 when it still went on
  int steps = 0;  // of dependency from what fails: 0 is the component itself

  const std::string& id() const;
};

// Those within `look_back` before the onset, the most suspicious first: near in time, and near in
// the graph, where each step counts as much as the time again. What was seen or recorded up to a
// minute after the onset may have caused it as well: clocks and observations are late.
std::vector<Suspect> suspects(const Situation& situation, const Ids& failing, Instant onset,
                              Duration look_back);

// Changes of these components that were made after the onset, oldest first.
std::vector<const Change*> changes_after(const Situation& situation, const Ids& members,
                                         Instant onset);

namespace wording {

// " A change was recorded 2 minutes before it began: "Room upgrades edited" (14:02:00 UTC)."
std::string suspected(const Suspect& suspect, Instant now);
// For engineers, a line each with a newline at its end; names the id, by which the timeline knows
// that it was told.
std::string suspect_line(const Suspect& suspect);
std::string later_change_line(const Change& change, Instant onset);
std::string no_suspects(Duration look_back);

}  // namespace wording
}  // namespace vedette::incident
