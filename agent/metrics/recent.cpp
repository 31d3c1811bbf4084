// SPDX-License-Identifier: Apache-2.0
#include "agent/metrics/recent.h"

#include <algorithm>
#include <limits>

#include "agent/metrics/log_time.h"

namespace vedette::metrics {
namespace {

constexpr auto relaxed = std::memory_order_relaxed;

constexpr auto length = std::chrono::duration_cast<Duration>(Recent::slot_length);

// Of the hour since the epoch. It comes again after 7.5 years; a check that ran then and never
// since in that slot is not one to draw.
std::uint16_t number_of(Instant instant) {
  return static_cast<std::uint16_t>(instant.time_since_epoch() / length);
}

// Not by that number: 65,536 is no multiple of the slots.
std::size_t place_of(Instant instant) {
  return static_cast<std::size_t>(instant.time_since_epoch() / length) % Recent::slots;
}

float seconds(Microseconds duration) {
  return std::chrono::duration<float>(duration).count();
}

Microseconds microseconds(float seconds) {
  return std::chrono::duration_cast<Microseconds>(std::chrono::duration<float>(seconds));
}

std::uint16_t packed(Outcome outcome, std::uint16_t time) {
  return static_cast<std::uint16_t>(time << 2 | static_cast<int>(outcome));
}

}  // namespace

void Recent::record(Outcome outcome, Instant started, Microseconds took) {
  const auto time = log_time(took);
  const auto run = runs_.load(relaxed);
  newest_[run % newest_kept].store(packed(outcome, time), relaxed);
  runs_.store(run + 1, std::memory_order_release);

  const auto number = number_of(started);
  Cell& cell = cells_[place_of(started)];
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
  cell.longest.store(std::max(cell.longest.load(relaxed), time), relaxed);
}

std::vector<Recent::Run> Recent::newest() const {
  std::vector<Run> runs;
  const auto written = runs_.load(std::memory_order_acquire);
  const auto kept = std::min<std::uint32_t>(written, newest_kept);
  for (auto run = written - kept; run != written; ++run) {
    const std::uint16_t value = newest_[run % newest_kept].load(relaxed);
    runs.push_back(
        {static_cast<Outcome>(value & 3), from_log_time(static_cast<std::uint16_t>(value >> 2))});
  }
  return runs;
}

Recent::Slot Recent::read(const Cell& cell, Instant began) {
  Slot slot;
  slot.began = began;
  slot.passed = cell.runs[static_cast<std::size_t>(Outcome::pass)].load(relaxed);
  slot.degraded = cell.runs[static_cast<std::size_t>(Outcome::degraded)].load(relaxed);
  slot.failed = cell.runs[static_cast<std::size_t>(Outcome::fail)].load(relaxed);
  slot.unknown = cell.runs[static_cast<std::size_t>(Outcome::unknown)].load(relaxed);
  const auto timed = slot.passed + slot.degraded + slot.failed;
  if (timed > 0) slot.mean = microseconds(cell.sum.load(relaxed) / static_cast<float>(timed));
  // Kept less exactly, and never told to be less than the mean.
  slot.longest = std::max(slot.mean, from_log_time(cell.longest.load(relaxed)));
  return slot;
}

std::vector<Recent::Slot> Recent::last_day(Instant now) const {
  std::vector<Slot> day;
  const Instant newest{now.time_since_epoch() / length * length};
  for (Instant began = newest - (slots - 1) * length; began <= newest; began += length) {
    const Cell& cell = cells_[place_of(began)];
    if (cell.number.load(std::memory_order_acquire) != number_of(began)) continue;
    const auto slot = read(cell, began);
    if (slot.passed + slot.degraded + slot.failed + slot.unknown > 0) day.push_back(slot);
  }
  return day;
}

}  // namespace vedette::metrics
