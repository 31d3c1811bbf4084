// SPDX-License-Identifier: Apache-2.0
// The contract of the store: verdicts, incidents and their timelines, kept through crashes. Method by method below.
// Called on the store thread only (see worker.h). Every call is one transaction: all of it holds, or nothing.
#pragma once

#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "agent/incident/decide.h"
#include "agent/incident/model.h"

namespace vedette::store {

// `busy` and `full` and `unavailable` pass: try again later. `damaged` needs a person.
struct Error {
  enum class Kind { busy, full, unavailable, damaged, bug };
  Kind kind = Kind::bug;
  std::string message;
};

template <class T>
using Expected = std::expected<T, Error>;

struct ComponentState {
  std::string component;
  incident::ComponentStatus status = incident::ComponentStatus::operational;
  Instant since{};
  Instant created{};
};

// What a page, a feed or an API answer is made of.
struct Snapshot {
  std::vector<ComponentState> components;
  std::vector<incident::Vote> votes;
  std::vector<incident::Incident> incidents;  // all open ones and the newest 50, newest first by `opened`
};

struct Reconciled {
  std::optional<incident::Incident> incident;  // as written, when something was missing
  bool components_changed = false;
};

// Sees the situation as stored (with the new votes already in it) and says how the incident shall be.
using Decide = std::function<std::optional<incident::Incident>(const incident::Situation&)>;

struct Group {
  std::string key;
  std::vector<incident::Component> components;  // as configured now; may be empty for a group that was removed
};

class Store {
 public:
  virtual ~Store() = default;

  // Writes the votes (an older `decided` never overwrites a newer one of the same check and region), loads the
  // situation under a lock, lets `decide` speak, writes incident, components and the new timeline entries.
  // A unique index guarantees one open incident per group.
  virtual Expected<Reconciled> reconcile(const Group& group, const std::vector<incident::Vote>& votes,
                                         const Decide& decide, Instant now) = 0;

  virtual Expected<std::vector<incident::Vote>> votes(const std::string& region) = 0;
  virtual Expected<Snapshot> snapshot() = 0;
  virtual Expected<std::optional<incident::Incident>> incident(const std::string& id) = 0;
  // Groups with an open incident, whether they are still configured or not.
  virtual Expected<std::vector<std::string>> open_groups() = 0;
  // Forgets the votes of this region's checks that are not in `kept`, and components not in `components`.
  virtual Expected<void> retain(const std::string& region, const std::vector<std::string>& kept_checks,
                                const std::vector<incident::Component>& components, Instant now) = 0;
};

}  // namespace vedette::store
