// SPDX-License-Identifier: Apache-2.0
// One scrape: all metrics of the agent and of its checks in the Prometheus text format, chunk by
// chunk.
#pragma once

#include <string>
#include <vector>

#include "agent/metrics/agent_metrics.h"
#include "agent/metrics/check_series.h"
#include "agent/metrics/text_format.h"

namespace vedette::metrics {

// Used on the core loop. Holds its list of series, so that a reload in the middle of a slow scrape
// does no harm. Each name's samples stand together under one head, as the format demands. Only one
// exposition at a time may be inside next() (see PublishedText): the core loop is one thread, so
// that holds.
class Exposition {
 public:
  static constexpr std::string_view content_type = "text/plain; version=0.0.4; charset=utf-8";
  static constexpr std::size_t chunk_bytes = 64 * 1024;

  // `agent` outlives the first call of next(). `now` is when it was asked for.
  Exposition(SeriesList series, const AgentMetrics& agent, Instant now);

  // Appends about chunk_bytes to `out`; false when that was the last of it.
  bool next(std::string& out);

 private:
  friend struct CheckFamilies;  // the emitters below

  // Where the gauges (or infos) of one name stand in the tables of a probe type.
  struct Slice {
    const ProbeType* type;
    std::size_t first;
    std::vector<std::string> labels;  // the extra label of each, rendered; its size is the slice's
  };
  struct Family;
  using Emit = void (*)(FamilyWriter& writer, const Family& family, const CheckSeries& check);
  struct Family {
    Metric metric;
    Emit emit;
    std::vector<Slice> slices{};  // none: the family belongs to every check
    bool head_written = false;
  };

  void plan();
  void plan_type(const ProbeType& type);
  Family& find_or_add(const Metric& metric, Emit emit);

  SeriesList series_;
  const AgentMetrics& agent_;
  const Instant now_;
  std::vector<Family> families_;
  bool agent_done_ = false;
  std::size_t next_family_ = 0;
  std::size_t next_check_ = 0;
};

}  // namespace vedette::metrics
