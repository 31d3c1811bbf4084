// SPDX-License-Identifier: Apache-2.0
// The series of one check: written by its shard, read by a scrape, without a lock and without a
// queue.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agent/detect/verdict.h"
#include "agent/metrics/histogram.h"
#include "agent/metrics/published_text.h"
#include "agent/metrics/recent.h"
#include "probes/probe_type.h"
#include "probes/result.h"

namespace vedette::metrics {

// Upper bounds in seconds of the latency histogram, shared by all checks; +Inf is implied.
inline constexpr std::array<double, 12> latency_buckets{0.005, 0.01, 0.025, 0.05, 0.1, 0.25,
                                                        0.5,   1,    2.5,   5,    10,  30};
// Upper bounds in seconds of vedette_schedule_lateness_seconds.
inline constexpr std::array<double, 11> lateness_buckets{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
                                                         0.05,   0.1,   0.5,    1,     5};
using LatenessHistogram = Histogram<lateness_buckets.size()>;

struct CheckLabels {
  std::string check, component, region, probe;
  // Only on vedette_check_info, for people: the component's name and its group.
  std::string component_name = {}, group = {};
  // Of a check that has several; then a label too.
  std::string variant = {};

  // What tells this check from all others of the agent.
  std::string key() const { return variant.empty() ? check : check + "[" + variant + "]"; }
};

class CheckSeries {
 public:
  // `type` outlives the series. Lateness goes into `lateness`, which is shared by all checks;
  // without one it is not kept. `probe` is asked for its own gauges, if it is given.
  CheckSeries(CheckLabels labels, const ProbeType& type,
              std::shared_ptr<LatenessHistogram> lateness = nullptr,
              std::shared_ptr<const Probe> probe = nullptr);

  // Shard thread only.
  void record(const Result& result);
  void record(const detect::Verdict& verdict);
  void record_skipped(std::uint32_t runs = 1);  // due while the one before was still going
  void record_lateness(std::chrono::microseconds lateness);

  const CheckLabels& labels() const { return labels_; }
  const ProbeType& type() const { return type_; }
  // Any thread.
  const Recent& recent() const { return recent_; }
  std::uint32_t passes() const { return passes_.load(std::memory_order_relaxed); }

 private:
  friend class Exposition;
  friend struct CheckFamilies;

  // One counter for each outcome but pass and each reason; the last of a row is for "no reason
  // given".
  static constexpr std::size_t trouble_columns = reason_count + 1;
  using Troubles = std::array<std::atomic<std::uint32_t>, 3 * trouble_columns>;

  void count(Outcome outcome, std::optional<Reason> reason);

  const CheckLabels labels_;
  const ProbeType& type_;
  const std::shared_ptr<const Probe> probe_;  // owns the names of its gauges; may be null
  const std::span<const GaugeSpec> own_gauges_;
  const std::string prefix_;  // `check="...",component="...",...`, escaped
  const std::shared_ptr<LatenessHistogram> lateness_;

  std::atomic<double> success_;
  std::atomic<double> duration_;
  std::atomic<std::uint32_t> passes_{0};
  std::atomic<std::uint32_t> skipped_{0};
  std::atomic<detect::State> state_{detect::State::unknown};
  Histogram<latency_buckets.size()> latency_{latency_buckets};
  Recent recent_;
  // One per entry of the type's gauge table, then one per gauge of the probe's own.
  std::unique_ptr<std::atomic<double>[]> gauges_;
  std::unique_ptr<PublishedText[]> infos_;  // one per entry of the type's info table
  // Made at the first trouble: most checks pass for days, and 10,000 of them shall stay small.
  std::atomic<Troubles*> troubles_{nullptr};
  std::unique_ptr<Troubles> troubles_owner_;
};

// All checks' series as a reload left them; a scrape under way keeps the list it began with.
using SeriesList = std::shared_ptr<const std::vector<std::shared_ptr<CheckSeries>>>;

}  // namespace vedette::metrics
