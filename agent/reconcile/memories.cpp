// SPDX-License-Identifier: Apache-2.0
#include "agent/reconcile/memories.h"

#include <utility>

#include <spdlog/spdlog.h>

namespace vedette::reconcile {
namespace {

constexpr Duration pause{1'000};           // after the store did not take something
constexpr std::size_t rows_at_once = 256;  // others want the store too

MemoryKey key_of(const store::Memory& memory) {
  return {memory.check, memory.part};
}

}  // namespace

Memories::Memories(Submit submit, std::string region, MayWrite may_write)
    : submit_(std::move(submit)), region_(std::move(region)), may_write_(std::move(may_write)) {}

void Memories::tick(Instant now) {
  now_ = now;
  if (!restored_) ask();
  pump();
}

// An instant far ahead was set before the clock was put back.
bool Memories::due() const {
  return now_ >= not_before_ || not_before_ - now_ > pause;
}

void Memories::ask() {
  if (asking_ || !due()) return;
  const auto answer = std::make_shared<store::Expected<std::vector<store::Memory>>>();
  asking_ =
      submit_([answer, region = region_](store::Store& store) { *answer = store.memories(region); },
              [this, answer, alive = std::weak_ptr(alive_)] {
                if (!alive.expired()) answered(std::move(*answer));
              });
}

void Memories::answered(store::Expected<std::vector<store::Memory>> known) {
  asking_ = false;
  if (!known) return failed(known.error());
  restored_ = true;
  for (store::Memory& memory : *known) newest_.try_emplace(key_of(memory), std::move(memory));
}

void Memories::keep(store::Memory memory) {
  const MemoryKey key = key_of(memory);
  waiting_.insert(key);
  newest_.insert_or_assign(key, std::move(memory));
  pump();
}

void Memories::retain(const std::vector<MonitoredCheck>& checks) {
  std::set<std::string_view> names;
  for (const MonitoredCheck& check : checks) names.insert(check.name);
  const auto is_gone = [&](const MemoryKey& key) { return !names.contains(key.first); };
  std::erase_if(newest_, [&](const auto& entry) { return is_gone(entry.first); });
  std::erase_if(waiting_, is_gone);
}

void Memories::tell_anew() {
  for (const auto& [key, memory] : newest_) waiting_.insert(key);
  pump();
}

void Memories::pump() {
  if (in_flight_ > 0 || waiting_.empty() || !due()) return;
  const auto batch = std::make_shared<Batch>();
  for (const MemoryKey& key : waiting_) {
    if (batch->memories.size() == rows_at_once) break;
    if (may_write_(key)) batch->memories.push_back(newest_.at(key));
  }
  if (batch->memories.empty()) return;
  const bool accepted = submit_(
      [batch, region = region_](store::Store& store) {
        batch->written = store.remember(region, batch->memories);
      },
      [this, batch, alive = std::weak_ptr(alive_)] {
        if (!alive.expired()) written(*batch);
      });
  if (!accepted) return;
  in_flight_ = batch->memories.size();
  for (const store::Memory& memory : batch->memories) waiting_.erase(key_of(memory));
}

void Memories::written(const Batch& batch) {
  in_flight_ = 0;
  if (batch.written) {
    complained_ = false;
    return pump();
  }
  for (const store::Memory& memory : batch.memories) {
    if (newest_.contains(key_of(memory))) waiting_.insert(key_of(memory));
  }
  failed(batch.written.error());
}

void Memories::failed(const store::Error& error) {
  not_before_ = now_ + pause;
  if (std::exchange(complained_, true)) return;
  spdlog::warn("what probes remember is kept here until the store takes it: {}", error.message);
}

}  // namespace vedette::reconcile
