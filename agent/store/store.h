// SPDX-License-Identifier: Apache-2.0
// The contract of the store: verdicts, incidents and their timelines, kept through crashes. Method
// by method below. Called on the store thread only (see worker.h). Every call is one transaction:
// all of it holds, or nothing.
#pragma once

#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/incident/change.h"
#include "agent/incident/decide.h"
#include "agent/incident/maintenance.h"
#include "agent/incident/model.h"
#include "agent/store/journal.h"
#include "agent/uptime/history.h"

namespace vedette::store {

// `busy`, `full` and `unavailable` pass: try again later. `damaged` and `incompatible` (written by
// a newer version, or by another program) need a person, whom the message tells the remedy; trying
// again later is right as well.
struct Error {
  enum class Kind { busy, full, unavailable, damaged, incompatible, bug };
  Kind kind = Kind::bug;
  std::string message;
};

std::string_view text(Error::Kind kind);

template <class T>
using Expected = std::expected<T, Error>;

struct ComponentState {
  std::string component;
  incident::ComponentStatus status = incident::ComponentStatus::operational;
  Instant since{};
  Instant created{};
};

// An incident as a history lists it.
struct Outline {
  std::string id;
  std::string title;
  incident::Impact impact = incident::Impact::none;
  Instant impact_began{};
  std::optional<Instant> resolved;
  std::vector<std::string> components;  // ids
  bool operator==(const Outline&) const = default;
};

// What the checks of one region say together about a component; nothing: they cannot tell.
struct Sighting {
  std::string component;
  std::string region;
  std::optional<incident::ComponentStatus> status;
  bool operator==(const Sighting&) const = default;
};

// What a page, a feed or an API answer is made of.
struct Snapshot {
  std::vector<ComponentState> components;
  // Components of which some check, in any region, has said more than "unknown"; sorted.
  std::vector<std::string> heard_of;
  std::vector<incident::Incident>
      incidents;                    // all open ones and the newest 50, newest first by `opened`
  std::vector<Outline> outlines;    // of the last 90 days, newest first, at most 2000
  std::vector<Sighting> sightings;  // by component, then region
  std::map<std::string, uptime::History> histories;  // by component
  std::vector<incident::Maintenance> maintenances;   // latest start first
  std::vector<uptime::Gap> gaps;                     // when nobody looked, oldest first
  std::vector<incident::Change> changes;             // of the last hour, newest first, at most 100
};

// A part of the whole history of incidents: those opened from `from` until before `to`, newest
// first, `limit` of them after the first `skip`; only those with a public update.
struct ChapterKey {
  Instant from{}, to{};
  std::size_t skip = 0, limit = 0;
};
struct Chapter {
  std::vector<incident::Incident> incidents;
  std::size_t total = 0;          // of that time
  std::optional<Instant> oldest;  // when the first incident of all was opened
};

struct Reconciled {
  std::optional<incident::Incident> incident;  // as written, when something was missing
  bool components_changed = false;
};

// What one check keeps from its last run for the next.
struct Memory {
  std::string check;
  std::string probe;  // its type
  std::string text;
  std::string part{};  // agent/detect/memory_part.h
  bool operator==(const Memory&) const = default;
};

// Sees the situation as stored (with the new votes already in it) and says how the incident shall
// be.
using Decide = std::function<std::optional<incident::Incident>(const incident::Situation&)>;

// All that is configured, by id.
using Landscape = std::map<std::string, incident::Component, std::less<>>;

struct Group {
  std::string key;
  std::vector<incident::Component>
      components;  // as configured now; may be empty for a group that was removed
  std::vector<std::string> related{};  // ids: what they depend on and what depends on them
  std::shared_ptr<const Landscape> landscape{};  // where `related`, and members that were moved to
                                                 // another group, are found; may be null
};

// Sees the incidents that were named and all open ones, and says which of them, or which new ones,
// shall be how. The error is a sentence for the person who asked.
using Amended = std::expected<std::vector<incident::Incident>, std::string>;
using Amend = std::function<Amended(const std::vector<incident::Incident>& known)>;

using AmendMaintenance = std::function<incident::Amendment(const incident::Maintenance* known)>;

// So long the votes of a region count when its agent is no longer heard of: a region that was
// renamed or taken away must not keep an incident open for ever.
inline constexpr Duration vote_outlives_agent{300'000};

// So long all agents may be silent, in a restart say, before nobody has looked.
inline constexpr Duration silence_tolerated{60'000};

class Store {
 public:
  virtual ~Store() = default;

  // Writes the votes (an older `decided` never overwrites a newer one of the same check and
  // region), loads the situation under a lock, lets `decide` speak, writes incident, components and
  // the new timeline entries. A unique index guarantees one open incident per group. `now` becomes
  // the `since` of a component's new status. An incident that rewrites its timeline, or a `decide`
  // that throws, is a `bug`, and nothing is written at all. What was written about an incident
  // outlives a loss of power; votes alone outlive the process.
  virtual Expected<Reconciled> reconcile(const Group& group,
                                         const std::vector<incident::Vote>& votes,
                                         const Decide& decide, Instant now) = 0;

  // What a person does to incidents: all that `amend` gives is written, or nothing. Outlives a loss
  // of power. Reconcile their groups afterwards: that writes what follows for components.
  virtual Expected<Amended> amend(const std::vector<std::string>& ids, const Amend& amend) = 0;

  // False: it was written before, or others have observed the same just now. Outlives a loss of
  // power.
  virtual Expected<bool> record_change(const incident::Change& change) = 0;
  // Those at or after `since`, newest first, `limit` at most.
  virtual Expected<std::vector<incident::Change>> changes(Instant since, int limit) = 0;

  // Writes down the planned maintenances that it does not know, takes off the plan those of a
  // configured series that begin before `planned_until` and are not in `planned`, and brings all of
  // them up to `now`. The ids of the components of those that changed.
  virtual Expected<std::vector<std::string>> tend(const std::vector<incident::Maintenance>& planned,
                                                  Instant planned_until, Instant now) = 0;
  // What a person does to the maintenance of that id, or, where there is none (null), a new one.
  // Outlives a loss of power.
  virtual Expected<incident::Amendment> amend_maintenance(const std::string& id,
                                                          const AmendMaintenance& amend) = 0;

  virtual Expected<std::vector<incident::Vote>> votes(const std::string& region) = 0;
  virtual Expected<Snapshot> snapshot() = 0;
  virtual Expected<std::optional<incident::Incident>> incident(const std::string& id) = 0;
  virtual Expected<Chapter> chapter(const ChapterKey& key) = 0;
  // Groups with an open incident, whether they are still configured or not.
  virtual Expected<std::vector<std::string>> open_groups() = 0;
  // Writes what probes of this region remember, instead of what was written before. Outlives the
  // process.
  virtual Expected<void> remember(const std::string& region,
                                  const std::vector<Memory>& memories) = 0;
  virtual Expected<std::vector<Memory>> memories(const std::string& region) = 0;
  // The journal of flows (probes/flow/journal.h). All lines are written, or none. With `sync` they
  // outlive a loss of power, else the process.
  virtual Expected<void> write_journal(const JournalOwner& owner,
                                       const std::vector<JournalLine>& lines, bool sync) = 0;
  virtual Expected<std::vector<flow::Entry>> journal(const JournalOwner& owner,
                                                     const std::string& flow, Instant now) = 0;
  // Of all flows of the region, whether they are configured or not.
  virtual Expected<std::vector<flow::Entry>> whole_journal(const std::string& region) = 0;
  virtual Expected<std::vector<flow::Spent>> spent(const std::string& region,
                                                   const std::string& flow, Instant since) = 0;
  // Forgets the votes and memories of this region's checks that are not in `kept_checks`, and
  // components not in `components`; writes down the components that it does not know yet, as
  // operational.
  virtual Expected<void> retain(const std::string& region,
                                const std::vector<std::string>& kept_checks,
                                const std::vector<incident::Component>& components,
                                Instant now) = 0;
  // Writes down that the agent of this region lives, so that its votes count, and that it has
  // looked since `since` without a pause; the time before, in which no agent was heard of, is
  // unknown. Shows before it is needed whether the store can be written. True when the snapshot
  // may be another one now: somebody has fallen silent, or other agents have written.
  virtual Expected<bool> heartbeat(const std::string& region, Instant since, Instant now) = 0;
};

}  // namespace vedette::store
