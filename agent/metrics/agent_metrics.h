// SPDX-License-Identifier: Apache-2.0
// The agent's own metrics: its schedule, its store, its configuration, its incidents.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "agent/incident/model.h"
#include "agent/metrics/check_series.h"
#include "agent/metrics/incident_series.h"
#include "probes/tls_counts.h"

namespace vedette::metrics {

using ComponentStatuses = std::vector<std::pair<std::string, incident::ComponentStatus>>;

class AgentMetrics {
 public:
  explicit AgentMetrics(const std::string& version);
  ~AgentMetrics();
  AgentMetrics(const AgentMetrics&) = delete;
  AgentMetrics& operator=(const AgentMetrics&) = delete;

  // Any thread.
  void set_store_queue_depth(std::size_t jobs);
  void set_flow_orphans(std::size_t steps);
  void set_store_healthy(bool healthy);
  void set_blind(bool blind);
  // All controls, by name. Core loop only.
  void set_controls(const std::vector<std::pair<std::string, bool>>& up);
  void reload_succeeded(Instant at);
  void reload_failed();
  // To be given to every CheckSeries.
  std::shared_ptr<LatenessHistogram> lateness() const { return lateness_; }
  // To be given to the journals of flows.
  std::shared_ptr<LatenessHistogram> journal() const { return journal_; }
  // To be given to every loop's network tools.
  std::shared_ptr<TlsCounts> tls() const { return tls_; }

  // Core loop only. Who the agent is; `page_url` without a slash at its end. Again after a reload.
  void introduce(const std::string& name, const std::string& region, const std::string& page_url);

  // Core loop only. Verdicts, heard before the incidents that follow from them, give these their
  // reasons.
  void hear(const std::string& component, const detect::Verdict& verdict);

  // Core loop only. Told the whole state each time it may have changed: the counters count
  // incidents that were not there the time before. What the first call shows was opened before this
  // start, and is not counted.
  void see(const std::vector<incident::Incident>& incidents, const ComponentStatuses& components);

  // Core loop only. Appends all of it in the text format, as it stands at `now`.
  void render(std::string& out, Instant now) const;

 private:
  struct Registered;  // the metrics that prometheus-cpp keeps
  std::shared_ptr<LatenessHistogram> lateness_, journal_;
  std::shared_ptr<TlsCounts> tls_ = std::make_shared<TlsCounts>();
  std::unique_ptr<Registered> registered_;
  IncidentSeries incidents_;
  std::vector<std::pair<std::string, bool>> controls_;
  std::string introduction_;  // rendered labels; empty: not introduced
  std::string page_url_;
};

}  // namespace vedette::metrics
