// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/reconcile/doubles.h"

#include <utility>

#include "agent/store/sqlite_store.h"

namespace vedette::reconcile::test {

FailingStore::FailingStore() {
  lose_everything();
}

void FailingStore::fail(int calls, store::Error::Kind kind) {
  failures_left_ = calls;
  kind_ = kind;
}

void FailingStore::lose_everything() {
  real_ = std::move(store::open_sqlite(":memory:").value());
}

std::optional<store::Error> FailingStore::trouble() {
  ++calls_;
  if (failures_left_ == 0) return std::nullopt;
  --failures_left_;
  return store::Error{kind_, "told to fail"};
}

store::Expected<store::Reconciled> FailingStore::reconcile(const store::Group& group,
                                                           const std::vector<incident::Vote>& votes,
                                                           const store::Decide& decide,
                                                           Instant now) {
  if (auto error = trouble()) return std::unexpected(*error);
  if (group.key == broken_group_) {
    return std::unexpected(store::Error{store::Error::Kind::bug, "this group is broken"});
  }
  return real_->reconcile(group, votes, decide, now);
}

store::Expected<store::Amended> FailingStore::amend(const std::vector<std::string>& ids,
                                                    const store::Amend& amend) {
  if (auto error = trouble()) return std::unexpected(*error);
  return real_->amend(ids, amend);
}

store::Expected<bool> FailingStore::record_change(const incident::Change& change) {
  if (auto error = trouble()) return std::unexpected(*error);
  return real_->record_change(change);
}

store::Expected<std::vector<incident::Change>> FailingStore::changes(Instant since, int limit) {
  if (auto error = trouble()) return std::unexpected(*error);
  return real_->changes(since, limit);
}

store::Expected<std::vector<std::string>> FailingStore::tend(
    const std::vector<incident::Maintenance>& planned, Instant planned_until, Instant now) {
  if (auto error = trouble()) return std::unexpected(*error);
  return real_->tend(planned, planned_until, now);
}

store::Expected<incident::Amendment> FailingStore::amend_maintenance(
    const std::string& id, const store::AmendMaintenance& amend) {
  if (auto error = trouble()) return std::unexpected(*error);
  return real_->amend_maintenance(id, amend);
}

store::Expected<std::vector<incident::Vote>> FailingStore::votes(const std::string& region) {
  if (auto error = trouble()) return std::unexpected(*error);
  return real_->votes(region);
}

store::Expected<store::Snapshot> FailingStore::snapshot() {
  if (auto error = trouble()) return std::unexpected(*error);
  return real_->snapshot();
}

store::Expected<std::optional<incident::Incident>> FailingStore::incident(const std::string& id) {
  if (auto error = trouble()) return std::unexpected(*error);
  return real_->incident(id);
}

store::Expected<store::Chapter> FailingStore::chapter(const store::ChapterKey& key) {
  if (auto error = trouble()) return std::unexpected(*error);
  return real_->chapter(key);
}

store::Expected<std::vector<std::string>> FailingStore::open_groups() {
  if (auto error = trouble()) return std::unexpected(*error);
  return real_->open_groups();
}

store::Expected<void> FailingStore::remember(const std::string& region,
                                             const std::vector<store::Memory>& memories) {
  if (auto error = trouble()) return std::unexpected(*error);
  return real_->remember(region, memories);
}

store::Expected<std::vector<store::Memory>> FailingStore::memories(const std::string& region) {
  if (auto error = trouble()) return std::unexpected(*error);
  return real_->memories(region);
}

store::Expected<void> FailingStore::write_journal(const store::JournalOwner& owner,
                                                  const std::vector<store::JournalLine>& lines,
                                                  bool sync) {
  if (auto error = trouble()) return std::unexpected(*error);
  return real_->write_journal(owner, lines, sync);
}

store::Expected<std::vector<flow::Entry>> FailingStore::journal(const store::JournalOwner& owner,
                                                                const std::string& flow,
                                                                Instant now) {
  if (auto error = trouble()) return std::unexpected(*error);
  return real_->journal(owner, flow, now);
}

store::Expected<std::vector<flow::Entry>> FailingStore::whole_journal(const std::string& region) {
  if (auto error = trouble()) return std::unexpected(*error);
  return real_->whole_journal(region);
}

store::Expected<std::vector<flow::Spent>> FailingStore::spent(const std::string& region,
                                                              const std::string& flow,
                                                              Instant since) {
  if (auto error = trouble()) return std::unexpected(*error);
  return real_->spent(region, flow, since);
}

store::Expected<void> FailingStore::retain(const std::string& region,
                                           const std::vector<std::string>& checks,
                                           const std::vector<incident::Component>& components,
                                           Instant now) {
  if (auto error = trouble()) return std::unexpected(*error);
  return real_->retain(region, checks, components, now);
}

store::Expected<bool> FailingStore::heartbeat(const std::string& region, Instant since,
                                              Instant now) {
  if (auto error = trouble()) return std::unexpected(*error);
  ++heartbeats_;
  return real_->heartbeat(region, since, now);
}

Submit HandWorker::submit() {
  return [this](std::function<void(store::Store&)> work, std::function<void()> done) {
    if (queue_.size() >= capacity_) return false;
    queue_.push_back({std::move(work), std::move(done)});
    return true;
  };
}

void HandWorker::run_one() {
  const Job job = std::move(queue_.front());
  queue_.pop_front();
  job.work(store_);
  job.done();
}

void HandWorker::run() {
  while (!queue_.empty()) run_one();
}

Instant at(std::int64_t ms) {
  return Instant(Duration(1'794'132'000'000 + ms));
}

incident::Component component(const std::string& id, const std::string& group) {
  incident::Component component;
  component.id = id;
  component.name = "Name of " + id;
  component.group = group;
  return component;
}

VoteChange change(const std::string& component, detect::State state, Instant at) {
  VoteChange change;
  change.at = at;
  change.vote.check = component + "-check";
  change.vote.region = "eu-west";
  change.vote.component = component;
  change.vote.probe = "http";
  change.vote.verdict.state = state;
  change.vote.verdict.since = at - Duration(3000);
  change.vote.verdict.decided = at - Duration(100);
  if (state == detect::State::up || state == detect::State::unknown) return change;
  change.vote.verdict.reason = Reason::connect_refused;
  change.vote.verdict.message = "the server refused the connection";
  return change;
}

Monitored monitoring(const std::vector<incident::Component>& components) {
  Monitored monitored;
  monitored.region = "eu-west";
  monitored.components = components;
  for (const incident::Component& one : components) {
    monitored.checks.push_back({one.id + "-check", one.id});
  }
  monitored.policy.resolve_after = Duration(120'000);
  monitored.policy.reopen_within = Duration(900'000);
  return monitored;
}

}  // namespace vedette::reconcile::test
