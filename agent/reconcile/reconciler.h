// SPDX-License-Identifier: Apache-2.0
// Keeps the store in step with the verdicts: level by level, not edge by edge. Whatever the store
// missed (it was full, locked, away, replaced) is told to it when it is back, with the instants at
// which it happened.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "agent/reconcile/backlog.h"
#include "agent/reconcile/core.h"
#include "agent/reconcile/monitored.h"
#include "agent/reconcile/submit.h"
#include "agent/store/store.h"

namespace vedette::reconcile {

using OnSnapshot = std::function<void(std::shared_ptr<const store::Snapshot>)>;
using OnRestored = std::function<void(store::Expected<void>)>;

struct Limits {
  std::size_t backlog =
      10'000;  // verdict changes kept while the store is away; at least twice the checks
  std::size_t in_flight = 64;   // groups on their way through the store at once
  Duration first_pause{1'000};  // between attempts while the store is away; doubles
  Duration longest_pause{10'000};
  Duration heartbeat{10'000};
  Duration tending{2'000};  // how often maintenances are looked at
};

struct GroupJob;
struct SyncJob;
struct HeartbeatJob;
struct SnapshotJob;
struct TendJob;

// Made, called and destroyed on the core loop.
class Reconciler {
 public:
  // `now` is when the watch begins. The first tick() reads the store. `on_snapshot` gets what the
  // page, the feeds and the API show: after the start, after every change of an incident at once,
  // after other changes within a tick.
  Reconciler(Submit submit, OnSnapshot on_snapshot, Monitored monitored, Instant now,
             Limits limits = {}, Decider decide = incident::decide);
  // What is still on the store thread is finished there; nobody hears of it.
  ~Reconciler();
  Reconciler(const Reconciler&) = delete;
  Reconciler& operator=(const Reconciler&) = delete;

  // Reads the votes of this region from the store: verdict_of() knows them when `on_restored` is
  // called, once, on the core loop, without an error. Detectors go on from them after a restart.
  // Call it before the first change.
  void restore(OnRestored on_restored);

  // A new configuration; the region stays what it was. Votes of checks that are gone are forgotten,
  // incidents of groups that are gone are ended.
  void apply(Monitored monitored, Instant now);

  // A check of this region has a new verdict.
  void on_change(const VoteChange& change);

  // The newest verdict of a configured check, from on_change() or restore(); null: none. Until the
  // next call of anything else.
  const detect::Verdict* verdict_of(const std::string& check) const {
    return backlog_.verdict_of(check);
  }

  // Somebody else wrote about these components, or about incidents of these groups: they are looked
  // at as soon as possible, and a snapshot follows.
  void look_at(const std::vector<std::string>& components, const std::vector<std::string>& groups);

  // About once a second.
  void tick(Instant now);

  // Verdict changes that are not in the store yet.
  std::size_t backlog() const { return backlog_.size() + changes_in_flight_; }

 private:
  struct GroupState {
    bool restless = true;  // something may fall due by time
    bool ready = false;    // shall be looked at
    bool in_flight = false;
    bool broken = false;   // the newest attempt met a bug of ours
    Instant not_before{};  // after a bug
    std::optional<Instant> looked;
  };

  template <class Job>
  bool submit(const std::shared_ptr<Job>& job, void (Reconciler::*done)(Job&));
  bool due(Instant at) const;

  void configure(Monitored monitored, Instant now);
  void synchronise();
  void synchronised(SyncJob& job);
  void follow(const std::vector<std::string>& open_groups);
  void lost(const store::Error& error);

  void want(const std::string& group);
  void want_restless_and_waiting();
  void pump();
  bool start(const std::string& group, GroupState& state);
  void finished(GroupJob& job);
  void failed(const std::string& group, GroupState& state, const store::Error& error);

  void beat();
  void beaten(HeartbeatJob& job);
  void tend();
  void tended(TendJob& job);
  void publish();
  void published(SnapshotJob& job);

  // Immutable.
  const Submit submit_;
  const OnSnapshot on_snapshot_;
  const Limits limits_;
  const Decider decide_;
  const std::shared_ptr<const bool> alive_ = std::make_shared<const bool>(true);

  // What is watched.
  Monitored monitored_;
  std::map<std::string, store::Group> groups_;
  std::shared_ptr<const Terms> terms_;
  Instant looked_since_;  // without a pause: the machine was not suspended meanwhile
  Instant now_;

  // What is to be done.
  Backlog backlog_;
  std::map<std::string, GroupState> states_;  // configured, or with an open incident
  std::deque<std::string> ready_;
  std::size_t in_flight_ = 0;
  std::size_t changes_in_flight_ = 0;
  bool snapshot_wanted_ = false;
  bool snapshot_in_flight_ = false;

  // How we stand with the store.
  bool in_step_ =
      false;  // it knows the configuration, we know what it knows, and it has not failed since
  bool synchronising_ = false;
  bool outdated_ = false;  // the configuration has changed during that
  bool complained_ = false;
  bool overflow_told_ = false;
  Duration pause_;
  Instant next_attempt_{};
  Instant next_beat_{};
  Instant next_tending_{};
  int plan_ = 0, plan_tended_ = 0;  // the number of configurations; the last one acted on
};

}  // namespace vedette::reconcile
