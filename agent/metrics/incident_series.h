// SPDX-License-Identifier: Apache-2.0
// The series of single incidents: which one it was, what it touched and why, and its instants, so
// that a graph can name it and link to its page.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "agent/incident/model.h"

namespace vedette::metrics {

// What the series of one incident are made of.
struct ShownIncident {
  struct Touched {
    std::string component;
    std::string reason;  // of the verdict that was heard last when it was touched; empty: unknown
  };
  std::string id, group, title, url;
  incident::Impact impact = incident::Impact::none;
  Instant began{}, detected{};
  std::optional<Instant> resolved;
  std::vector<Touched> components;
};

// Used on the core loop only.
class IncidentSeries {
 public:
  // So long a resolved incident still has its series: any scrape sees how it ended, and yet a fleet
  // does not collect series for ever.
  static constexpr Duration outlives_its_end{3'600'000};

  // Why a component fails, before the incident is known.
  void hear(const std::string& component, const detect::Verdict& verdict);

  // Every incident that may still have series; those of the last call are replaced. `page_url`: of
  // the status page, no slash at its end.
  void see(const std::vector<incident::Incident>& incidents, const std::string& page_url);

  // Appends the series in the text format.
  void render(std::string& out, Instant now) const;

 private:
  using ReasonByComponent = std::map<std::string, std::string>;

  ShownIncident shown(const incident::Incident& incident, const std::string& page_url) const;
  std::string reason_of(const incident::Incident& incident, const std::string& component) const;

  ReasonByComponent heard_;
  std::map<std::string, ReasonByComponent> kept_;  // by the id of the incident
  std::vector<ShownIncident> shown_;
};

}  // namespace vedette::metrics
