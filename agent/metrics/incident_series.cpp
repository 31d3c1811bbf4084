// SPDX-License-Identifier: Apache-2.0
#include "agent/metrics/incident_series.h"

#include <chrono>
#include <utility>

#include "agent/metrics/text_format.h"

namespace vedette::metrics {
namespace {

std::string labels(std::initializer_list<std::pair<std::string_view, std::string_view>> list) {
  std::string out;
  for (const auto& [name, value] : list) append_label(out, name, value);
  return out;
}

double seconds_of(Instant at) {
  return std::chrono::duration<double>(at.time_since_epoch()).count();
}

using Incidents = std::vector<const ShownIncident*>;

void render_info(const Incidents& incidents, std::string& out) {
  FamilyWriter writer(out, names::incident_info);
  for (const ShownIncident* one : incidents) {
    writer.sample(labels({{"incident", one->id},
                          {"group", one->group},
                          {"title", one->title},
                          {"url", one->url}}),
                  {}, std::uint64_t{1});
  }
}

void render_components(const Incidents& incidents, std::string& out) {
  FamilyWriter writer(out, names::incident_component_info);
  for (const ShownIncident* one : incidents) {
    for (const auto& [component, reason] : one->components) {
      writer.sample(labels({{"incident", one->id}, {"component", component}, {"reason", reason}}),
                    {}, std::uint64_t{1});
    }
  }
}

void render_impact(const Incidents& incidents, std::string& out) {
  FamilyWriter writer(out, names::incident_impact);
  for (const ShownIncident* one : incidents) {
    writer.sample(labels({{"incident", one->id}}), {}, static_cast<std::uint64_t>(one->impact));
  }
}

template <class At>
void render_instant(const Metric& metric, At ShownIncident::*at, const Incidents& incidents,
                    std::string& out) {
  FamilyWriter writer(out, metric);
  for (const ShownIncident* one : incidents) {
    const std::optional<Instant> when = one->*at;
    if (when) writer.sample(labels({{"incident", one->id}}), {}, seconds_of(*when));
  }
}

}  // namespace

void IncidentSeries::hear(const std::string& component, const detect::Verdict& verdict) {
  const bool in_trouble =
      verdict.state == detect::State::down || verdict.state == detect::State::degraded;
  if (in_trouble) heard_[component] = verdict.reason ? std::string(text(*verdict.reason)) : "";
}

void IncidentSeries::see(const std::vector<incident::Incident>& incidents,
                         const std::string& page_url) {
  shown_.clear();
  for (const auto& incident : incidents) shown_.push_back(shown(incident, page_url));
  kept_.clear();
  for (const ShownIncident& one : shown_) {
    for (const auto& [component, reason] : one.components) kept_[one.id][component] = reason;
  }
}

ShownIncident IncidentSeries::shown(const incident::Incident& incident,
                                    const std::string& page_url) const {
  ShownIncident made{.id = incident.id,
                     .group = incident.group,
                     .title = incident.title,
                     .url = page_url + "/incidents/" + incident.id,
                     .impact = incident.impact,
                     .began = incident.impact_began,
                     .detected = incident.detected,
                     .resolved = incident.resolved,
                     .components = {}};
  for (const auto& touched : incident.components) {
    made.components.push_back({touched.component, reason_of(incident, touched.component)});
  }
  return made;
}

// What was known when the incident reached the component stays: later failures of the same outage
// may have other reasons, and one incident shall not be counted under each.
std::string IncidentSeries::reason_of(const incident::Incident& incident,
                                      const std::string& component) const {
  const auto find = [&](const ReasonByComponent& reasons) {
    const auto found = reasons.find(component);
    return found == reasons.end() ? std::string() : found->second;
  };
  if (const auto known = kept_.find(incident.id); known != kept_.end()) {
    if (auto reason = find(known->second); !reason.empty()) return reason;
  }
  return incident.is_open() ? find(heard_) : std::string();
}

void IncidentSeries::render(std::string& out, Instant now) const {
  Incidents current;
  for (const ShownIncident& one : shown_) {
    if (!one.resolved || now - *one.resolved < outlives_its_end) current.push_back(&one);
  }
  render_info(current, out);
  render_components(current, out);
  render_impact(current, out);
  render_instant(names::incident_began, &ShownIncident::began, current, out);
  render_instant(names::incident_detected, &ShownIncident::detected, current, out);
  render_instant(names::incident_resolved, &ShownIncident::resolved, current, out);
}

}  // namespace vedette::metrics
