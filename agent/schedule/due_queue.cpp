// SPDX-License-Identifier: Apache-2.0
#include "agent/schedule/due_queue.h"

#include <algorithm>
#include <utility>

namespace vedette::schedule {

void DueQueue::push(std::shared_ptr<Runner> runner) {
  const auto due = runner->due();
  heap_.push_back({due, std::move(runner)});
  std::ranges::push_heap(heap_, later);
}

std::optional<Steady::time_point> DueQueue::next() const {
  if (heap_.empty()) return std::nullopt;
  return heap_.front().due;
}

std::shared_ptr<Runner> DueQueue::take_due(Steady::time_point now) {
  if (heap_.empty() || heap_.front().due > now) return nullptr;
  std::ranges::pop_heap(heap_, later);
  auto runner = std::move(heap_.back().runner);
  heap_.pop_back();
  return runner;
}

void DueQueue::forget_stopped() {
  std::erase_if(heap_, [](const Entry& entry) { return entry.runner->stopped(); });
  std::ranges::make_heap(heap_, later);
}

void DueQueue::sort_anew() {
  for (Entry& entry : heap_) entry.due = entry.runner->due();
  std::ranges::make_heap(heap_, later);
}

}  // namespace vedette::schedule
