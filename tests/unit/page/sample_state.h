// SPDX-License-Identifier: Apache-2.0
// A page with two components in a group and one that stands alone, one open incident and one that
// is over.
#pragma once

#include "agent/page/site.h"
#include "agent/store/store.h"

namespace vedette::page {

using incident::ComponentStatus;

// Seconds after 2026-11-08T10:00:00Z.
inline Instant at(int seconds) {
  using namespace std::chrono;
  return Instant{sys_days{year{2026} / 11 / 8} + hours(10)} + std::chrono::seconds(seconds);
}

inline Site sample_site() {
  Site site;
  site.brand.name = "Shop";
  site.url = "https://status.example.com";
  site.loaded = at(-3600);
  site.components = {{"login", "Sign in", "Portal", "", {}},
                     {"mail", "Mail", "", "Receipts", {}},
                     {"search", "Search", "Portal", "", {}}};
  return site;
}

inline incident::Update update(int sequence, Instant when, incident::Status status,
                               std::string text) {
  incident::Update update;
  update.sequence = sequence;
  update.at = when;
  update.status = status;
  update.text = std::move(text);
  return update;
}

inline incident::Incident open_incident() {
  incident::Incident incident;
  incident.id = "abcdef012345";
  incident.group = "Portal";
  incident.title = "Sign in: major outage";
  incident.impact = incident::Impact::critical;
  incident.status = incident::Status::identified;
  incident.impact_began = at(0);
  incident.detected = at(4);
  incident.opened = at(5);
  incident.detected_by = "check portal-login in eu-west";
  incident.components = {{"login", "Sign in", ComponentStatus::major_outage, at(5), {}}};
  incident.updates = {update(1, at(5), incident::Status::investigating, "Sign in is down."),
                      update(2, at(5), incident::Status::investigating, "status was 502"),
                      update(3, at(65), incident::Status::identified, "We know why.")};
  incident.updates[0].affected = {
      {"login", "Sign in", ComponentStatus::operational, ComponentStatus::major_outage}};
  incident.updates[1].is_public = false;
  return incident;
}

inline incident::Incident past_incident() {
  incident::Incident incident;
  incident.id = "past00000001";
  incident.group = "mail";
  incident.title = "Mail: degraded performance";
  incident.impact = incident::Impact::minor;
  incident.status = incident::Status::resolved;
  incident.impact_began = at(-3000);
  incident.detected = at(-2990);
  incident.opened = at(-2990);
  incident.mitigated = at(-1200);
  incident.resolved = at(-1080);
  incident.updates = {update(1, at(-2990), incident::Status::investigating, "Mail is slow."),
                      update(2, at(-1080), incident::Status::resolved, "All is well.")};
  return incident;
}

inline incident::Maintenance sample_maintenance() {
  incident::Maintenance maintenance;
  maintenance.id = "maint0000001";
  maintenance.title = "New mail server";
  maintenance.created = at(-9000);
  maintenance.scheduled_for = at(7200);
  maintenance.scheduled_until = at(10800);
  maintenance.components = {"mail"};
  maintenance.updates = {
      {1, at(-9000), incident::MaintenanceStatus::scheduled, "Mail moves to a new server."}};
  return maintenance;
}

inline store::Snapshot sample_snapshot() {
  store::Snapshot snapshot;
  snapshot.components = {{"login", ComponentStatus::major_outage, at(5), at(-3500)},
                         {"search", ComponentStatus::operational, at(-3400), at(-3500)}};
  snapshot.heard_of = {"login", "search"};
  snapshot.incidents = {open_incident(), past_incident()};
  return snapshot;
}

inline store::Snapshot calm_snapshot() {
  store::Snapshot snapshot;
  snapshot.heard_of = {"login", "mail", "search"};
  return snapshot;
}

}  // namespace vedette::page
