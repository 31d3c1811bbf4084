// SPDX-License-Identifier: Apache-2.0
// What the reconciler has done on the store thread: each job carries what it needs in, and what
// came of it out.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agent/reconcile/core.h"
#include "agent/reconcile/monitored.h"
#include "agent/store/store.h"

namespace vedette::reconcile {

// One group is brought up to date.
struct GroupJob {
  store::Group group;
  Stretch stretch;
  std::shared_ptr<const Terms> terms;
  Replayed result;

  void run(store::Store& store) { result = replay(store, group, stretch, *terms); }
};

// The store is told what is configured and asked what it knows; begins with a write, to see whether
// that can be done.
struct SyncJob {
  Monitored monitored;
  Instant looked_since;
  Instant now;
  std::vector<incident::Vote> votes;
  std::vector<std::string> open_groups;
  store::Snapshot snapshot;
  std::optional<store::Error> error;

  void run(store::Store& store);
};

struct HeartbeatJob {
  std::string region;
  Instant looked_since;
  Instant now;
  store::Expected<bool> result{};

  void run(store::Store& store) { result = store.heartbeat(region, looked_since, now); }
};

// Maintenances begin and end; those that the configuration plans are announced.
struct TendJob {
  std::vector<settings::PlannedMaintenance> planned;
  int plan = 0;  // which of the agent's configurations that is
  // The agent has not acted on it yet: maintenances that it does not have are taken off. Only then,
  // or two agents with two configurations would quarrel for ever.
  bool is_news = false;
  Instant now;
  store::Expected<std::vector<std::string>> result{};  // components that are concerned

  void run(store::Store& store) {
    const Instant until = is_news ? now + settings::announced_ahead : now;
    result = store.tend(settings::occurrences(planned, now), until, now);
  }
};

struct SnapshotJob {
  store::Expected<store::Snapshot> result{};

  void run(store::Store& store) { result = store.snapshot(); }
};

}  // namespace vedette::reconcile
