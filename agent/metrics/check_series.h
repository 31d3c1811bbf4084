// SPDX-License-Identifier: Apache-2.0
// The series of one check: written by its shard, read by a scrape, without a lock and without a queue.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "agent/detect/verdict.h"
#include "probes/probe_type.h"
#include "probes/result.h"

namespace vedette::metrics {

// Upper bounds in seconds of the latency histogram, shared by all checks; +Inf is implied.
inline constexpr std::array<double, 12> latency_buckets{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30};

struct CheckLabels {
  std::string check, component, region, probe;
};

class CheckSeries {
 public:
  CheckSeries(CheckLabels labels, const ProbeType& type);

  // Shard thread only.
  void record(const Result& result);
  void record(const detect::Verdict& verdict);
  void record_skipped();                       // a run was due while the last one was still going
  void record_lateness(std::chrono::microseconds lateness);

  const CheckLabels& labels() const { return labels_; }
  const ProbeType& type() const { return type_; }

 private:
  friend class Exposition;
  CheckLabels labels_;
  const ProbeType& type_;
};

}  // namespace vedette::metrics
