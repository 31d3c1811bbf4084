// SPDX-License-Identifier: Apache-2.0
#include "agent/flows/memory_journal.h"

namespace vedette::flows {

Awaitable<flow::Told<void>> MemoryJournal::note(flow::Entry entry) {
  entries_.insert_or_assign(entry.id, std::move(entry));
  co_return flow::Told<void>();
}

void MemoryJournal::learned(const std::string& id, std::string values) {
  if (const auto found = entries_.find(id); found != entries_.end())
    found->second.values = std::move(values);
}

void MemoryJournal::attempted(flow::Entry entry) {
  entries_.insert_or_assign(entry.id, std::move(entry));
}

void MemoryJournal::settled(const std::string& id) {
  entries_.erase(id);
}

Awaitable<flow::Told<std::vector<flow::Entry>>> MemoryJournal::pending(std::string flow) {
  std::vector<flow::Entry> out;
  for (const auto& [id, entry] : entries_) {
    if (entry.flow == flow) out.push_back(entry);
  }
  co_return out;
}

Awaitable<flow::Told<void>> MemoryJournal::spend(std::string, flow::Spent) {
  co_return flow::Told<void>();
}

Awaitable<flow::Told<std::vector<flow::Spent>>> MemoryJournal::spent(std::string, Instant) {
  co_return std::vector<flow::Spent>();
}

std::vector<flow::Entry> MemoryJournal::left() const {
  std::vector<flow::Entry> out;
  for (const auto& [id, entry] : entries_) out.push_back(entry);
  return out;
}

}  // namespace vedette::flows
