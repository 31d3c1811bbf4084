// SPDX-License-Identifier: Apache-2.0
// A histogram that many threads write and a scrape reads, without a lock. The bounds are the
// caller's and outlive it.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>

namespace vedette::metrics {

// N upper bounds; one more bucket takes what is above them all.
template <std::size_t N>
class Histogram {
 public:
  struct Reading {
    std::array<std::uint64_t, N + 1> cumulative{};  // the last one is the count
    double sum = 0;
  };

  explicit Histogram(const std::array<double, N>& bounds) : bounds_(bounds) {}

  // A value equal to a bound belongs below it, as Prometheus has it.
  void observe(double value) {
    const auto bucket = std::lower_bound(bounds_.begin(), bounds_.end(), value) - bounds_.begin();
    counts_[static_cast<std::size_t>(bucket)].fetch_add(1, std::memory_order_relaxed);
    sum_.fetch_add(value, std::memory_order_relaxed);
  }

  // The count is taken from the buckets, so that the two never disagree; the sum may be one value
  // ahead.
  Reading read() const {
    Reading reading;
    std::uint64_t total = 0;
    for (std::size_t i = 0; i <= N; ++i) {
      total += counts_[i].load(std::memory_order_relaxed);
      reading.cumulative[i] = total;
    }
    reading.sum = sum_.load(std::memory_order_relaxed);
    return reading;
  }

  const std::array<double, N>& bounds() const { return bounds_; }

 private:
  const std::array<double, N>& bounds_;
  std::array<std::atomic<std::uint32_t>, N + 1>
      counts_{};  // 4 bytes: one value a second wraps after 136 years
  std::atomic<double> sum_{0};
};

}  // namespace vedette::metrics
