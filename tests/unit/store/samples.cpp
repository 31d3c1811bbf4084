// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/store/samples.h"

namespace vedette::store::test {

using incident::ComponentStatus;
using incident::Status;

Instant at(std::int64_t ms) {
  return Instant(Duration(1'794'132'000'000 + ms));
}

incident::Component component(const std::string& id, const std::string& group) {
  incident::Component component;
  component.id = id;
  component.name = "Name of " + id;
  component.group = group;
  return component;
}

Group group_of(const std::vector<incident::Component>& components) {
  return {components.front().incident_group(), components};
}

incident::Vote vote(const std::string& check, const std::string& component, detect::State state,
                    Instant decided) {
  incident::Vote vote;
  vote.check = check;
  vote.region = "eu-west";
  vote.component = component;
  vote.probe = "http";
  vote.verdict.state = state;
  vote.verdict.since = decided - Duration(3000);
  vote.verdict.decided = decided;
  if (state != detect::State::up) {
    vote.verdict.reason = Reason::connect_refused;
    vote.verdict.message = "the server refused the connection";
    vote.verdict.evidence = "remote_address: 127.0.0.1\n> GET /\n* refused";
  }
  return vote;
}

incident::Incident incident_in(const std::string& group, const std::string& id, Instant opened) {
  const incident::AffectedComponent portal{
      "portal", "Customer Portal", ComponentStatus::operational, ComponentStatus::major_outage};
  const incident::AffectedComponent payments{"payments", "Payments", ComponentStatus::operational,
                                             ComponentStatus::degraded_performance};
  incident::Incident incident;
  incident.id = id;
  incident.group = group;
  incident.title = "Customer Portal is down — «quoted», 'quoted' and \"quoted\"";
  incident.impact = incident::Impact::major;
  incident.status = Status::investigating;
  incident.impact_began = opened - Duration(6001);
  incident.detected = opened - Duration(1);
  incident.opened = opened;
  incident.detected_by = "check portal-login in eu-west";
  incident.worst = incident::Impact::critical;
  incident.held_impact = incident::Impact::major;
  incident.acknowledged_by = "Ann";
  incident.merged_into = "zzzzzzzzzzzz";
  incident.components = {
      {"portal", "Customer Portal", ComponentStatus::major_outage, opened, std::nullopt},
      {"payments", "Payments", ComponentStatus::operational, opened, opened + Duration(5)}};
  incident.updates = {
      {1, opened, Status::investigating, "We see failures.", true, "agent", {portal, payments}},
      {2, opened, Status::investigating, "status was 502", false, "agent", {portal}, 1}};
  return incident;
}

incident::Incident continued(incident::Incident incident, Status status, Instant now) {
  const int sequence = static_cast<int>(incident.updates.size()) + 1;
  incident.updates.push_back({sequence, now, status, "It goes on.", true, "agent", {}});
  incident.status = status;
  if (status == Status::monitoring) incident.mitigated = now;
  if (status == Status::resolved) incident.resolved = now;
  return incident;
}

Decide always(incident::Incident incident) {
  return [incident = std::move(incident)](const incident::Situation&) { return incident; };
}

Decide nothing() {
  return [](const incident::Situation&) { return std::nullopt; };
}

}  // namespace vedette::store::test
