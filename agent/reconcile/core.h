// SPDX-License-Identifier: Apache-2.0
// Brings one group's incident up to date, change by change, each at the instant at which it
// happened. Synchronous: on the store thread in the agent, right away in a simulation, so that both
// see the same incidents.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "agent/incident/decide.h"
#include "agent/store/store.h"

namespace vedette::reconcile {

// A verdict that changed, and when the agent knew of it.
struct VoteChange {
  incident::Vote vote;
  Instant at{};
};

using Decider = std::function<std::optional<incident::Incident>(const incident::Situation&,
                                                                const incident::Policy&, Instant)>;

struct Terms {
  incident::Policy policy;
  Decider decide = incident::decide;
};

// What happened to one group since it was looked at last.
struct Stretch {
  std::optional<Instant> looked;    // of the last replay that went well; nothing: unknown
  std::vector<VoteChange> changes;  // by their instants
  Instant now{};
  bool restless = true;  // whether something may fall due by time
};

struct Written {
  incident::Incident incident;
  std::size_t known_updates = 0;  // so many entries of its timeline were there before
};

struct Replayed {
  std::size_t applied = 0;       // so many of the changes are in the store, in their order
  std::vector<Written> written;  // every state of the incident that was written, oldest first
  bool components_changed = false;
  // Something may fall due by time, or by what other groups do: there is an open incident, or a
  // failure that none tells of.
  bool restless = false;
  std::optional<store::Error> error;  // what stopped it; the rest can be replayed later
};

// Applies the changes in their order, each with its own instant as "now", then looks once more at
// `stretch.now`. What falls due by time in between (the end of monitoring, say) happens at the
// instant at which it fell due, to the millisecond: so it does not matter when, or how often,
// somebody looked. Without changes it is the tick of the group.
Replayed replay(store::Store& store, const store::Group& group, const Stretch& stretch,
                const Terms& terms);

// The groups of these components by their key, each with all that is related to it by dependencies,
// however far.
std::map<std::string, store::Group> groups_of(const std::vector<incident::Component>& components);

// That of the key; without components of its own when none is configured (any more).
store::Group group_of(const std::map<std::string, store::Group>& groups, const std::string& key);

}  // namespace vedette::reconcile
