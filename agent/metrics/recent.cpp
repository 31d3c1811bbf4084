// SPDX-License-Identifier: Apache-2.0
#include "agent/metrics/recent.h"

#include <algorithm>
#include <limits>

namespace vedette::metrics {
namespace {

constexpr auto relaxed = std::memory_order_relaxed;

std::uint32_t number_of(Instant instant) {
  const auto length = std::chrono::duration_cast<Duration>(Recent::slot_length);
  return static_cast<std::uint32_t>(instant.time_since_epoch() / length);
}

float seconds(Microseconds duration) {
  return std::chrono::duration<float>(duration).count();
}

Microseconds microseconds(float seconds) {
  return std::chrono::duration_cast<Microseconds>(std::chrono::duration<float>(seconds));
}

std::uint32_t packed(Outcome outcome, Microseconds took) {
  constexpr std::int64_t most = std::numeric_limits<std::uint32_t>::max() >> 2;
  const auto count = static_cast<std::uint32_t>(std::clamp<std::int64_t>(took.count(), 0, most));
  return count << 2 | static_cast<std::uint32_t>(outcome);
}

}  // namespace

void Recent::record(Outcome outcome, Instant started, Microseconds took) {
  const auto run = runs_.load(relaxed);
  newest_[run % newest_kept].store(packed(outcome, took), relaxed);
  runs_.store(run + 1, std::memory_order_release);

  const auto number = number_of(started);
  Cell& cell = cells_[number % slots];
  if (cell.number.load(relaxed) != number) {
    for (auto& count : cell.runs) count.store(0, relaxed);
    cell.sum.store(0, relaxed);
    cell.longest.store(0, relaxed);
    cell.number.store(number, std::memory_order_release);
  }
  auto& count = cell.runs[static_cast<std::size_t>(outcome)];
  if (count.load(relaxed) < std::numeric_limits<std::uint16_t>::max()) count.fetch_add(1, relaxed);
  if (outcome == Outcome::unknown) return;
  cell.sum.store(cell.sum.load(relaxed) + seconds(took), relaxed);
  cell.longest.store(std::max(cell.longest.load(relaxed), seconds(took)), relaxed);
}

std::vector<Recent::Run> Recent::newest() const {
  std::vector<Run> runs;
  const auto written = runs_.load(std::memory_order_acquire);
  const auto kept = std::min<std::uint32_t>(written, newest_kept);
  for (auto run = written - kept; run != written; ++run) {
    const auto value = newest_[run % newest_kept].load(relaxed);
    runs.push_back({static_cast<Outcome>(value & 3), Microseconds(value >> 2)});
  }
  return runs;
}

Recent::Slot Recent::read(const Cell& cell) {
  Slot slot;
  slot.began = Instant(slot_length * cell.number.load(std::memory_order_acquire));
  slot.passed = cell.runs[static_cast<std::size_t>(Outcome::pass)].load(relaxed);
  slot.degraded = cell.runs[static_cast<std::size_t>(Outcome::degraded)].load(relaxed);
  slot.failed = cell.runs[static_cast<std::size_t>(Outcome::fail)].load(relaxed);
  slot.unknown = cell.runs[static_cast<std::size_t>(Outcome::unknown)].load(relaxed);
  const auto timed = slot.passed + slot.degraded + slot.failed;
  if (timed > 0) slot.mean = microseconds(cell.sum.load(relaxed) / static_cast<float>(timed));
  slot.longest = microseconds(cell.longest.load(relaxed));
  return slot;
}

std::vector<Recent::Slot> Recent::last_day(Instant now) const {
  std::vector<Slot> day;
  const auto newest = number_of(now);
  for (auto number = newest - slots + 1; number <= newest; ++number) {
    const Cell& cell = cells_[number % slots];
    if (cell.number.load(relaxed) != number) continue;
    const auto slot = read(cell);
    if (slot.passed + slot.degraded + slot.failed + slot.unknown > 0) day.push_back(slot);
  }
  return day;
}

}  // namespace vedette::metrics
