// SPDX-License-Identifier: Apache-2.0
#include "agent/demo/payments/ledger.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace vedette::demo {
namespace {

void count(Sums& sums, const Intent& intent) {
  ++sums.payments;
  if (intent.capturable() > 0) sums.open.add(intent.currency, intent.capturable());
  if (intent.refundable() > 0) sums.captured.add(intent.currency, intent.refundable());
  if (intent.refunded() > 0) sums.refunded.add(intent.currency, intent.refunded());
  if (intent.refundable() < 0) ++sums.refunded_twice;
}

}  // namespace

void Pile::add(const std::string& currency, std::int64_t amount) {
  ++count;
  amounts[currency] += amount;
}

void Ledger::put(Intent intent) {
  if (const auto known = places_.find(intent.id); known != places_.end()) {
    auto& entry = *known->second;
    entry.before = std::exchange(entry.now, std::move(intent));
    return;
  }
  if (entries_.size() >= kept_) make_room();
  entries_.push_back({std::move(intent), std::nullopt});
  places_.emplace(entries_.back().now.id, std::prev(entries_.end()));
}

const Intent* Ledger::find(std::string_view id) const {
  const auto* found = entry(id);
  return found == nullptr ? nullptr : &found->now;
}

const Intent* Ledger::find_stale(std::string_view id) const {
  const auto* found = entry(id);
  return found == nullptr || !found->before ? nullptr : &*found->before;
}

const Intent* Ledger::find_by_refund(std::string_view refund) const {
  for (const auto& entry : entries_) {
    if (std::ranges::count(entry.now.refunds, refund, &Refund::id) != 0) return &entry.now;
  }
  return nullptr;
}

std::vector<const Intent*> Ledger::newest_first() const {
  std::vector<const Intent*> all;
  all.reserve(entries_.size());
  for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry)
    all.push_back(&entry->now);
  return all;
}

Sums Ledger::sums() const {
  Sums sums = forgotten_;
  for (const auto& entry : entries_) count(sums, entry.now);
  return sums;
}

const Ledger::Entry* Ledger::entry(std::string_view id) const {
  const auto place = places_.find(std::string(id));
  return place == places_.end() ? nullptr : &*place->second;
}

void Ledger::make_room() {
  auto victim =
      std::ranges::find_if_not(entries_, [](const Entry& entry) { return holds_money(entry.now); });
  if (victim == entries_.end()) victim = entries_.begin();
  count(forgotten_, victim->now);
  ++forgotten_.unlisted;
  places_.erase(victim->now.id);
  entries_.erase(victim);
}

}  // namespace vedette::demo
