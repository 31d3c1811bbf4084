// SPDX-License-Identifier: Apache-2.0
#include "agent/reconcile/reconciler.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include <spdlog/spdlog.h>

#include "agent/reconcile/incident_log.h"
#include "agent/reconcile/jobs.h"

namespace vedette::reconcile {

Reconciler::Reconciler(Submit submit, OnSnapshot on_snapshot, Monitored monitored, Instant now,
                       Limits limits, Decider decide)
    : submit_(std::move(submit)),
      on_snapshot_(std::move(on_snapshot)),
      limits_(limits),
      decide_(std::move(decide)),
      looked_since_(now),
      now_(now),
      backlog_(limits.backlog),
      pause_(limits.first_pause) {
  configure(std::move(monitored), now);
}

Reconciler::~Reconciler() = default;

// The job is shared, because the store thread may still be at it when nobody waits for it any more.
template <class Job>
bool Reconciler::submit(const std::shared_ptr<Job>& job, void (Reconciler::*done)(Job&)) {
  const auto finish = [this, job, done, alive = std::weak_ptr(alive_)] {
    if (!alive.expired()) (this->*done)(*job);
  };
  return submit_([job](store::Store& store) { job->run(store); }, finish);
}

// An instant far ahead was set before the clock was put back.
bool Reconciler::due(Instant at) const {
  const Duration farthest = std::max({limits_.longest_pause, limits_.heartbeat, limits_.tending});
  return now_ >= at || at - now_ > farthest;
}

void Reconciler::restore(OnRestored on_restored) {
  using Votes = store::Expected<std::vector<incident::Vote>>;
  const auto votes = std::make_shared<Votes>();
  const bool accepted = submit_(
      [votes, region = monitored_.region](store::Store& store) { *votes = store.votes(region); },
      [this, votes, on_restored, alive = std::weak_ptr(alive_)] {
        if (alive.expired()) return;
        if (!*votes) return on_restored(std::unexpected(votes->error()));
        backlog_.restore(**votes, now_);
        on_restored({});
      });
  if (!accepted)
    on_restored(
        std::unexpected(store::Error{store::Error::Kind::busy, "too much waits for the store"}));
}

void Reconciler::apply(Monitored monitored, Instant now) {
  monitored.region = monitored_.region;
  configure(std::move(monitored), now);
  synchronise();
}

void Reconciler::configure(Monitored monitored, Instant now) {
  now_ = now;
  monitored_ = std::move(monitored);
  ++plan_;
  groups_ = groups_of(monitored_.components);
  terms_ = std::make_shared<const Terms>(Terms{monitored_.policy, decide_});
  backlog_.apply(monitored_, now);
  in_step_ = false;
  outdated_ = synchronising_;
  next_attempt_ = now;
}

void Reconciler::on_change(const VoteChange& change) {
  if (!backlog_.add(change)) return;
  if (backlog_.take_overflow() && !std::exchange(overflow_told_, true)) {
    spdlog::warn(
        "incidents: too many verdict changes wait for the store; of each check only the newest is "
        "kept");
  }
  now_ = change.at;
  want(std::string(backlog_.group_of(change.vote.component)));
  pump();
}

void Reconciler::tick(Instant now) {
  const bool paused = now - now_ > store::silence_tolerated;
  if (paused || now < looked_since_) looked_since_ = now;
  now_ = now;
  if (!in_step_) return synchronise();
  beat();
  tend();
  want_restless_and_waiting();
  pump();
  publish();
}

void Reconciler::synchronise() {
  if (synchronising_ || !due(next_attempt_)) return;
  const auto job = std::make_shared<SyncJob>();
  job->monitored = monitored_;
  job->looked_since = looked_since_;
  job->now = now_;
  synchronising_ = true;
  if (!submit(job, &Reconciler::synchronised)) synchronising_ = false;
}

void Reconciler::synchronised(SyncJob& job) {
  synchronising_ = false;
  if (job.error) {
    lost(*job.error);
    pause_ = std::min(pause_ * 2, limits_.longest_pause);
    return;
  }
  if (std::exchange(outdated_, false)) return synchronise();
  in_step_ = true;
  overflow_told_ = false;
  pause_ = limits_.first_pause;
  next_beat_ = now_ + limits_.heartbeat;
  next_tending_ = now_ + limits_.tending;
  backlog_.add_what_is_missing(job.votes);
  if (std::exchange(complained_, false)) {
    spdlog::info("incidents: the store is back; {} verdict changes are told to it now",
                 backlog_.size());
  }
  follow(job.open_groups);
  on_snapshot_(std::make_shared<const store::Snapshot>(std::move(job.snapshot)));
  pump();
}

// Every group is looked at once: what a crash or a reload has cut off is finished.
void Reconciler::follow(const std::vector<std::string>& open_groups) {
  std::map<std::string, GroupState> before = std::exchange(states_, {});
  ready_.clear();
  const auto keep = [&](const std::string& group, bool restless) {
    GroupState& state = states_[group];
    state.looked = before[group].looked;
    state.restless = restless;
  };
  for (const auto& [group, configured] : groups_) keep(group, true);
  for (const std::string& group : open_groups) keep(group, true);
  for (const auto& [group, state] : states_) want(group);
}

// From here on nothing is written until the store was asked anew what it knows.
void Reconciler::lost(const store::Error& error) {
  in_step_ = false;
  next_attempt_ = now_ + pause_;
  if (std::exchange(complained_, true)) return;
  spdlog::warn("incidents: verdict changes are kept until the store takes them: {}", error.message);
}

void Reconciler::want(const std::string& group) {
  GroupState& state = states_[group];
  if (state.ready || !due(state.not_before)) return;
  state.ready = true;
  if (!state.in_flight) ready_.push_back(group);
}

void Reconciler::want_restless_and_waiting() {
  for (const auto& [group, state] : states_) {
    if (state.restless) want(group);
  }
  for (const std::string& group : backlog_.groups()) want(group);
}

void Reconciler::pump() {
  while (in_step_ && in_flight_ < limits_.in_flight && !ready_.empty()) {
    const std::string group = ready_.front();
    if (!start(group, states_[group])) return;
  }
}

bool Reconciler::start(const std::string& group, GroupState& state) {
  const auto job = std::make_shared<GroupJob>();
  job->group = group_of(groups_, group);
  job->terms = terms_;
  job->stretch = {state.looked, backlog_.take(group), now_, state.restless};
  for (const VoteChange& change : job->stretch.changes) {
    job->stretch.now = std::max(job->stretch.now, change.at);
  }
  // Before the submission, which may be finished by the time it returns.
  const std::size_t taken = job->stretch.changes.size();
  ready_.pop_front();
  state.ready = false;
  state.in_flight = true;
  ++in_flight_;
  changes_in_flight_ += taken;
  if (submit(job, &Reconciler::finished)) return true;
  backlog_.put_back(job->stretch.changes);
  ready_.push_front(group);
  state.ready = true;
  state.in_flight = false;
  --in_flight_;
  changes_in_flight_ -= taken;
  return false;
}

void Reconciler::finished(GroupJob& job) {
  const auto& changes = job.stretch.changes;
  --in_flight_;
  changes_in_flight_ -= changes.size();
  const auto applied = static_cast<std::ptrdiff_t>(job.result.applied);
  backlog_.put_back({changes.begin() + applied, changes.end()});

  GroupState& state = states_[job.group.key];
  state.in_flight = false;
  state.restless = job.result.restless;
  for (const Written& written : job.result.written) log_updates(written);
  if (job.result.error) {
    failed(job.group.key, state, *job.result.error);
  } else {
    state.looked = job.stretch.now;
    state.broken = false;
  }
  if (state.ready) ready_.push_back(job.group.key);

  snapshot_wanted_ |= applied > 0 || job.result.components_changed;
  if (!job.result.written.empty()) {
    snapshot_wanted_ = true;
    publish();
  }
  pump();
}

void Reconciler::failed(const std::string& group, GroupState& state, const store::Error& error) {
  state.restless = true;
  if (error.kind != store::Error::Kind::bug) {
    if (in_step_) lost(error);
    return;
  }
  // Others must not suffer, and trying at every tick would not mend it.
  state.not_before = now_ + limits_.longest_pause;
  if (!std::exchange(state.broken, true)) {
    spdlog::error("incidents: {} cannot be brought up to date: {}", group, error.message);
  }
}

void Reconciler::beat() {
  if (!due(next_beat_)) return;
  const auto job = std::make_shared<HeartbeatJob>();
  job->region = monitored_.region;
  job->looked_since = looked_since_;
  job->now = now_;
  if (submit(job, &Reconciler::beaten)) next_beat_ = now_ + limits_.heartbeat;
}

void Reconciler::beaten(HeartbeatJob& job) {
  if (job.result) {
    snapshot_wanted_ |= *job.result;
  } else if (in_step_) {
    lost(job.result.error());
  }
}

void Reconciler::tend() {
  if (!due(next_tending_)) return;
  const auto job = std::make_shared<TendJob>();
  job->planned = monitored_.maintenances;
  job->plan = plan_;
  job->is_news = plan_ != plan_tended_;
  job->now = now_;
  if (submit(job, &Reconciler::tended)) next_tending_ = now_ + limits_.tending;
}

void Reconciler::tended(TendJob& job) {
  if (!job.result) {
    if (in_step_) lost(job.result.error());
    return;
  }
  plan_tended_ = std::max(plan_tended_, job.plan);
  if (!job.result->empty()) look_at(*job.result, {});
}

void Reconciler::look_at(const std::vector<std::string>& components,
                         const std::vector<std::string>& groups) {
  for (const std::string& component : components) {
    const auto group = backlog_.group_of(component);
    if (!group.empty()) want(std::string(group));
  }
  for (const std::string& group : groups) want(group);
  snapshot_wanted_ = true;
  pump();
  publish();
}

void Reconciler::publish() {
  if (!snapshot_wanted_ || snapshot_in_flight_ || !in_step_) return;
  snapshot_wanted_ = false;
  snapshot_in_flight_ = true;
  if (submit(std::make_shared<SnapshotJob>(), &Reconciler::published)) return;
  snapshot_wanted_ = true;
  snapshot_in_flight_ = false;
}

void Reconciler::published(SnapshotJob& job) {
  snapshot_in_flight_ = false;
  if (job.result) {
    on_snapshot_(std::make_shared<const store::Snapshot>(std::move(*job.result)));
    return;
  }
  snapshot_wanted_ = true;
  if (in_step_) lost(job.result.error());
}

}  // namespace vedette::reconcile
