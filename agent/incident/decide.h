// SPDX-License-Identifier: Apache-2.0
// The one idea: look at the whole situation of a group and say what is missing. Pure: no I/O, no
// clock, no global.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "agent/incident/change.h"
#include "agent/incident/maintenance.h"
#include "agent/incident/model.h"
#include "agent/incident/texts.h"

namespace vedette::incident {

struct Policy {
  Duration resolve_after{120'000};   // without a failure, in monitoring
  Duration reopen_within{900'000};   // after resolved: the same incident goes on
  Duration join_within{600'000};     // what began within so long of each other may be one outage
  Duration update_every{1'200'000};  // while nothing changes; 0: never
  Duration look_back{24 *
                     3'600'000};  // for changes before an outage; at most `changes_reach` - 24 h
  // A partial outage is of major impact from this share of failing checks on, else of minor:
  // by their weight, of all that are known, one that fails now and then counting half.
  double major_from = 0.2;  // 0 to 1
  Texts texts{};
};

// A component that is part of another group's open incident.
struct Elsewhere {
  std::string component;
  std::string incident;                                   // its id
  ComponentStatus status = ComponentStatus::operational;  // what that incident says of it
  Instant opened{};                                       // of that incident
  bool operator==(const Elsewhere&) const = default;
};

// Everything decide() may know about one group. The order within a list does not matter.
struct Situation {
  std::string group;
  // Those of this group, those that they depend on or that depend on them, and whatever else is
  // part of the open incident, as they are configured.
  std::vector<Component> components;
  std::vector<Vote> votes;                // of every check and region of these components
  std::vector<Elsewhere> elsewhere;       // of these components
  std::vector<Change> changes;            // of these components, not older than `changes_reach`
  std::vector<Maintenance> maintenances;  // of these components: going on, or over since a day
  std::optional<Incident> open;
  std::optional<Incident> last_resolved;
  // By region: since when its agent has looked without a pause.
  std::map<std::string, Instant> watched_since;
};

// So far back changes are loaded.
inline constexpr Duration changes_reach{48 * 3'600'000};

// What decide() found missing: the incident as it shall be from now on (new, changed, or reopened).
// Timeline entries are only ever appended. Nothing when all is as it should be.
//   decide(s, p, now) twice gives the same; decide on the situation that results from it gives
//   nothing.
// A new incident's id is a stable function of its group and its onset, so that a retry after a
// crash meets itself.
std::optional<Incident> decide(const Situation& situation, const Policy& policy, Instant now);

// Something of the group fails that this incident (null: there is none) does not tell of: a
// maintenance silences it, or it is left to another group's incident, or to the person who
// dismissed it. Then time or others may make it the group's business, and it has to be looked at
// again and again.
bool is_unsettled(const Situation& situation, const Incident* incident);

// The status of one component out of the votes of its checks. `unknown` votes count for nothing;
// where all are unknown, `before` stands.
ComponentStatus component_status(const std::vector<Vote>& votes_of_component,
                                 ComponentStatus before);

// What a page shows for a component, so that it never contradicts the incident beside it: what the
// group's incident, open or closed by this very decision, says of the component; where that says
// nothing, or there is none (null), its component_status().
ComponentStatus shown_status(const std::string& component,
                             const std::vector<Vote>& votes_of_component, ComponentStatus before,
                             const Incident* incident);

}  // namespace vedette::incident
