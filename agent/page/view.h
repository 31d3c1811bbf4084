// SPDX-License-Identifier: Apache-2.0
// What pages, feeds and API show, drawn from the configuration and the store's snapshot: only what
// is public, in its order.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "agent/page/rollup.h"
#include "agent/page/site.h"
#include "agent/store/store.h"

namespace vedette::page {

// A component, or a group of them.
struct ComponentView {
  std::string id;  // public
  std::string name;
  std::string description;
  incident::ComponentStatus status =
      incident::ComponentStatus::operational;  // of a group: the worst of its children
  bool known = false;    // some check has said something; of a group: about some child
  bool visible = false;  // known, and not lost from sight at the moment
  Instant created{}, updated{};
  int position = 1;  // from 1, on the page or within the group

  bool is_group = false;
  std::vector<std::string> children;  // of a group: public ids

  std::string key;                 // of a component: its configured id
  std::string group_id;            // of a component in a group: public
  std::string group_name;          // of a component in a group
  std::vector<std::string> needs;  // of a component: names

  const uptime::History* history = nullptr;      // of a component; null: none
  std::vector<const store::Outline*> incidents;  // of a component: of the last 90 days
};

struct IncidentView {
  const incident::Incident* incident;
  std::vector<const incident::Update*> updates;  // public ones, newest first; never empty
  Instant updated() const { return updates.front()->at; }
};

// Points into the site and the snapshot that it was made of.
struct View {
  const Site* site;
  const store::Snapshot* snapshot;
  Instant now{};
  std::string page_id;
  Instant updated{};                      // the newest change of anything shown
  std::vector<ComponentView> components;  // each group right before its children
  std::vector<IncidentView> incidents;    // newest first; one without a public update is not shown
  std::vector<const incident::Maintenance*> maintenances;  // latest start first
  Rollup rollup;

  const brand::Strings& strings() const { return site->brand.strings; }
  // Null when it is not configured (any more).
  const ComponentView* component(const std::string& key) const;
  std::string name_of(const std::string& key) const;
};

View make_view(const Site& site, const store::Snapshot& snapshot, Instant now);
// With no updates when none is public.
IncidentView view_of(const incident::Incident& incident);

// Scheduled, or under way.
bool is_ahead(const incident::Maintenance& maintenance);

}  // namespace vedette::page
