// SPDX-License-Identifier: Apache-2.0
#include "agent/store/supervised_store.h"

#include <algorithm>
#include <utility>

namespace vedette::store {
namespace {

// After these the connection cannot be trusted, or the file may be another one by now. A busy or
// full store goes on as it is once the trouble is over.
bool asks_for_reopening(Error::Kind kind) {
  return kind == Error::Kind::unavailable || kind == Error::Kind::damaged ||
         kind == Error::Kind::incompatible;
}

}  // namespace

SupervisedStore::SupervisedStore(Open open, Pauses pauses)
    : open_(std::move(open)), pauses_(pauses), pause_(pauses.first) {}

std::optional<Steady::time_point> SupervisedStore::next_attempt() const {
  if (store_) return std::nullopt;
  return due_;
}

void SupervisedStore::open_if_due() {
  if (store_ || Steady::now() < due_) return;
  auto opened = open_();
  if (opened) {
    store_ = std::move(*opened);
    trouble_.reset();
    pause_ = pauses_.first;
    return;
  }
  trouble_ = std::move(opened.error());
  due_ = Steady::now() + pause_;
  pause_ = std::min(pause_ * 2, pauses_.longest);
}

template <class Call>
auto SupervisedStore::call(Call call) -> decltype(call(std::declval<Store&>())) {
  auto result = look(std::move(call));
  if (result) trouble_.reset();
  return result;
}

// A file that is locked or full can still be read.
template <class Call>
auto SupervisedStore::look(Call call) -> decltype(call(std::declval<Store&>())) {
  open_if_due();
  if (!store_) return std::unexpected(*trouble_);
  auto result = call(*store_);
  if (!result) note(result.error());
  return result;
}

void SupervisedStore::note(const Error& error) {
  if (error.kind == Error::Kind::bug) return;
  trouble_ = error;
  if (!asks_for_reopening(error.kind)) return;
  store_.reset();
  due_ = Steady::now() + pause_;
}

Expected<Reconciled> SupervisedStore::reconcile(const Group& group,
                                                const std::vector<incident::Vote>& votes,
                                                const Decide& decide, Instant now) {
  return call([&](Store& store) { return store.reconcile(group, votes, decide, now); });
}

Expected<Amended> SupervisedStore::amend(const std::vector<std::string>& ids, const Amend& amend) {
  return call([&](Store& store) { return store.amend(ids, amend); });
}

Expected<bool> SupervisedStore::record_change(const incident::Change& change) {
  return call([&](Store& store) { return store.record_change(change); });
}

Expected<std::vector<incident::Change>> SupervisedStore::changes(Instant since, int limit) {
  return look([&](Store& store) { return store.changes(since, limit); });
}

Expected<std::vector<std::string>> SupervisedStore::tend(
    const std::vector<incident::Maintenance>& planned, Instant planned_until, Instant now) {
  return call([&](Store& store) { return store.tend(planned, planned_until, now); });
}

Expected<incident::Amendment> SupervisedStore::amend_maintenance(const std::string& id,
                                                                 const AmendMaintenance& amend) {
  return call([&](Store& store) { return store.amend_maintenance(id, amend); });
}

Expected<std::vector<incident::Vote>> SupervisedStore::votes(const std::string& region) {
  return look([&](Store& store) { return store.votes(region); });
}

Expected<Snapshot> SupervisedStore::snapshot() {
  return look([](Store& store) { return store.snapshot(); });
}

Expected<std::optional<incident::Incident>> SupervisedStore::incident(const std::string& id) {
  return look([&](Store& store) { return store.incident(id); });
}

Expected<Chapter> SupervisedStore::chapter(const ChapterKey& key) {
  return look([&](Store& store) { return store.chapter(key); });
}

Expected<std::vector<std::string>> SupervisedStore::open_groups() {
  return look([](Store& store) { return store.open_groups(); });
}

Expected<void> SupervisedStore::remember(const std::string& region,
                                         const std::vector<Memory>& memories) {
  return call([&](Store& store) { return store.remember(region, memories); });
}

Expected<std::vector<Memory>> SupervisedStore::memories(const std::string& region) {
  return look([&](Store& store) { return store.memories(region); });
}

Expected<void> SupervisedStore::write_journal(const JournalOwner& owner,
                                              const std::vector<JournalLine>& lines, bool sync) {
  return call([&](Store& store) { return store.write_journal(owner, lines, sync); });
}

Expected<std::vector<flow::Entry>> SupervisedStore::journal(const JournalOwner& owner,
                                                            const std::string& flow, Instant now) {
  return call([&](Store& store) { return store.journal(owner, flow, now); });
}

Expected<std::vector<flow::Entry>> SupervisedStore::whole_journal(const std::string& region) {
  return look([&](Store& store) { return store.whole_journal(region); });
}

Expected<std::vector<flow::Spent>> SupervisedStore::spent(const std::string& region,
                                                          const std::string& flow, Instant since) {
  return look([&](Store& store) { return store.spent(region, flow, since); });
}

Expected<void> SupervisedStore::retain(const std::string& region,
                                       const std::vector<std::string>& kept_checks,
                                       const std::vector<incident::Component>& components,
                                       Instant now) {
  return call([&](Store& store) { return store.retain(region, kept_checks, components, now); });
}

Expected<bool> SupervisedStore::heartbeat(const std::string& region, Instant since, Instant now) {
  return call([&](Store& store) { return store.heartbeat(region, since, now); });
}

}  // namespace vedette::store
