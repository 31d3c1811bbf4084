// SPDX-License-Identifier: Apache-2.0
// A store that fails on command, and a store thread that works when the test says so.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agent/reconcile/monitored.h"
#include "agent/reconcile/reconciler.h"
#include "agent/store/store.h"

namespace vedette::reconcile::test {

// Passes everything on to the real store, unless it was told to fail.
class FailingStore : public store::Store {
 public:
  FailingStore();

  // The next `calls` of any method fail.
  void fail(int calls, store::Error::Kind kind = store::Error::Kind::unavailable);
  // reconcile() of this group meets a bug, until it is called with "".
  void break_group(const std::string& group) { broken_group_ = group; }
  // As if its file had been replaced by an empty one.
  void lose_everything();
  int calls() const { return calls_; }
  int heartbeats() const { return heartbeats_; }

  store::Expected<store::Reconciled> reconcile(const store::Group& group,
                                               const std::vector<incident::Vote>& votes,
                                               const store::Decide& decide, Instant now) override;
  store::Expected<store::Amended> amend(const std::vector<std::string>& ids,
                                        const store::Amend& amend) override;
  store::Expected<bool> record_change(const incident::Change& change) override;
  store::Expected<std::vector<incident::Change>> changes(Instant since, int limit) override;
  store::Expected<std::vector<std::string>> tend(const std::vector<incident::Maintenance>& planned,
                                                 Instant planned_until, Instant now) override;
  store::Expected<incident::Amendment> amend_maintenance(
      const std::string& id, const store::AmendMaintenance& amend) override;
  store::Expected<std::vector<incident::Vote>> votes(const std::string& region) override;
  store::Expected<store::Snapshot> snapshot() override;
  store::Expected<store::Chapter> chapter(const store::ChapterKey& key) override;
  store::Expected<std::optional<incident::Incident>> incident(const std::string& id) override;
  store::Expected<std::vector<std::string>> open_groups() override;
  store::Expected<void> remember(const std::string& region,
                                 const std::vector<store::Memory>& memories) override;
  store::Expected<std::vector<store::Memory>> memories(const std::string& region) override;
  store::Expected<void> write_journal(const store::JournalOwner& owner,
                                      const std::vector<store::JournalLine>& lines,
                                      bool sync) override;
  store::Expected<std::vector<flow::Entry>> journal(const store::JournalOwner& owner,
                                                    const std::string& flow, Instant now) override;
  store::Expected<std::vector<flow::Entry>> whole_journal(const std::string& region) override;
  store::Expected<std::vector<flow::Spent>> spent(const std::string& region,
                                                  const std::string& flow, Instant since) override;
  store::Expected<void> retain(const std::string& region, const std::vector<std::string>& checks,
                               const std::vector<incident::Component>& components,
                               Instant now) override;
  store::Expected<bool> heartbeat(const std::string& region, Instant since, Instant now) override;

 private:
  std::optional<store::Error> trouble();

  std::unique_ptr<store::Store> real_;
  int failures_left_ = 0;
  store::Error::Kind kind_{};
  std::string broken_group_;
  int calls_ = 0;
  int heartbeats_ = 0;
};

// The queue of a store thread without the thread.
class HandWorker {
 public:
  explicit HandWorker(store::Store& store) : store_(store) {}

  Submit submit();
  void set_capacity(std::size_t capacity) { capacity_ = capacity; }
  std::size_t waiting() const { return queue_.size(); }
  void run_one();
  // Until nothing waits, whatever the work leads to.
  void run();

 private:
  struct Job {
    std::function<void(store::Store&)> work;
    std::function<void()> done;
  };
  store::Store& store_;
  std::deque<Job> queue_;
  std::size_t capacity_ = 1000;
};

// 2026-11-08T10:00:00Z and so many milliseconds.
Instant at(std::int64_t ms);

incident::Component component(const std::string& id, const std::string& group = "");
// The check is named after its component: "portal-check".
VoteChange change(const std::string& component, detect::State state, Instant at);
// These components, one check each, with a stability window of two minutes.
Monitored monitoring(const std::vector<incident::Component>& components);

}  // namespace vedette::reconcile::test
