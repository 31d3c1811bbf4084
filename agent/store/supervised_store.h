// SPDX-License-Identifier: Apache-2.0
// Stands before a store that may be away: opens it again after trouble, and remembers how the
// newest call ended.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agent/store/store.h"

namespace vedette::store {

using Open = std::function<Expected<std::unique_ptr<Store>>()>;

// Between two attempts to open; doubles from `first` to `longest`.
struct Pauses {
  Duration first{250};
  Duration longest{10'000};
};

// Lives on the store thread. While the store is away, every method gives the error that keeps it
// away; a method called when the pause is over tries to open it first.
class SupervisedStore : public Store {
 public:
  SupervisedStore(Open open, Pauses pauses);

  // When open_if_due() shall be called at the latest; nothing while the store is open.
  std::optional<Steady::time_point> next_attempt() const;
  void open_if_due();
  // What is wrong with the store, as far as the newest calls can tell; over with the next write
  // that succeeds. A `bug` is not the store's trouble.
  const std::optional<Error>& trouble() const { return trouble_; }

  Expected<Reconciled> reconcile(const Group& group, const std::vector<incident::Vote>& votes,
                                 const Decide& decide, Instant now) override;
  Expected<Amended> amend(const std::vector<std::string>& ids, const Amend& amend) override;
  Expected<bool> record_change(const incident::Change& change) override;
  Expected<std::vector<incident::Change>> changes(Instant since, int limit) override;
  Expected<std::vector<std::string>> tend(const std::vector<incident::Maintenance>& planned,
                                          Instant planned_until, Instant now) override;
  Expected<incident::Amendment> amend_maintenance(const std::string& id,
                                                  const AmendMaintenance& amend) override;
  Expected<std::vector<incident::Vote>> votes(const std::string& region) override;
  Expected<Snapshot> snapshot() override;
  Expected<std::optional<incident::Incident>> incident(const std::string& id) override;
  Expected<Chapter> chapter(const ChapterKey& key) override;
  Expected<std::vector<std::string>> open_groups() override;
  Expected<void> remember(const std::string& region, const std::vector<Memory>& memories) override;
  Expected<std::vector<Memory>> memories(const std::string& region) override;
  Expected<void> write_journal(const JournalOwner& owner, const std::vector<JournalLine>& lines,
                               bool sync) override;
  Expected<std::vector<flow::Entry>> journal(const JournalOwner& owner, const std::string& flow,
                                             Instant now) override;
  Expected<std::vector<flow::Entry>> whole_journal(const std::string& region) override;
  Expected<std::vector<flow::Spent>> spent(const std::string& region, const std::string& flow,
                                           Instant since) override;
  Expected<void> retain(const std::string& region, const std::vector<std::string>& kept_checks,
                        const std::vector<incident::Component>& components, Instant now) override;
  Expected<bool> heartbeat(const std::string& region, Instant since, Instant now) override;

 private:
  template <class Call>
  auto call(Call call) -> decltype(call(std::declval<Store&>()));  // writes
  template <class Call>
  auto look(Call call) -> decltype(call(std::declval<Store&>()));  // reads only
  void note(const Error& error);

  Open open_;
  Pauses pauses_;
  Duration pause_;
  Steady::time_point due_{};
  std::unique_ptr<Store> store_;  // null: away
  std::optional<Error> trouble_;
};

}  // namespace vedette::store
