// SPDX-License-Identifier: Apache-2.0
#include "agent/page/view.h"

#include <algorithm>
#include <map>
#include <ranges>
#include <set>

#include "agent/page/public_id.h"

namespace vedette::page {
namespace {

using incident::ComponentStatus;

// What is known of each component, found quickly: pages have thousands of them.
struct Facts {
  std::map<std::string, const store::ComponentState*> states;
  std::set<std::string> heard_of;
  std::map<std::string, std::vector<const store::Outline*>> incidents;
  std::map<std::string, std::string> names;
  const std::map<std::string, uptime::History>& histories;

  Facts(const Site& site, const store::Snapshot& snapshot)
      : heard_of(snapshot.heard_of.begin(), snapshot.heard_of.end()),
        histories(snapshot.histories) {
    for (const auto& state : snapshot.components) states[state.component] = &state;
    for (const auto& outline : snapshot.outlines) {
      for (const auto& component : outline.components) incidents[component].push_back(&outline);
    }
    for (const auto& component : site.components) names[component.id] = component.name;
  }

  const uptime::History* history(const std::string& component) const {
    const auto found = histories.find(component);
    return found == histories.end() ? nullptr : &found->second;
  }
};

// Lost from sight: nobody can tell at the moment, although somebody could before.
bool is_lost(const uptime::History* history) {
  return history != nullptr && !history->stretches.empty() &&
         history->stretches.back().condition == uptime::Condition::unknown;
}

ComponentView view_component(const incident::Component& component, const Site& site,
                             const Facts& facts) {
  ComponentView view;
  view.id = public_id("component", component.id);
  view.name = component.name;
  view.description = component.description;
  view.created = view.updated = site.loaded;
  if (const auto found = facts.states.find(component.id); found != facts.states.end()) {
    view.status = found->second->status;
    view.created = found->second->created;
    view.updated = found->second->since;
  }
  view.known = facts.heard_of.contains(component.id) || view.status != ComponentStatus::operational;
  view.key = component.id;
  view.history = facts.history(component.id);
  view.visible = view.known && !is_lost(view.history);
  if (const auto found = facts.incidents.find(component.id); found != facts.incidents.end()) {
    view.incidents = found->second;
  }
  for (const auto& needed : component.depends_on) {
    if (const auto name = facts.names.find(needed); name != facts.names.end()) {
      view.needs.push_back(name->second);
    }
  }
  view.group_name = component.group;
  if (!component.group.empty()) view.group_id = public_id("group", component.group);
  return view;
}

// Maintenance is planned: it is worse than nothing, but no outage hides behind it.
int badness(ComponentStatus status) {
  switch (status) {
    case ComponentStatus::operational:
      return 0;
    case ComponentStatus::under_maintenance:
      return 1;
    case ComponentStatus::degraded_performance:
      return 2;
    case ComponentStatus::partial_outage:
      return 3;
    case ComponentStatus::major_outage:
      break;
  }
  return 4;
}

ComponentView view_group(const std::string& name, const std::vector<ComponentView>& children) {
  ComponentView group;
  group.is_group = true;
  group.id = public_id("group", name);
  group.name = name;
  group.created = children.front().created;
  for (const auto& child : children) {
    group.children.push_back(child.id);
    group.known = group.known || child.known;
    group.visible = group.visible || child.visible;
    if (badness(child.status) > badness(group.status)) group.status = child.status;
    group.created = std::min(group.created, child.created);
    group.updated = std::max(group.updated, child.updated);
  }
  return group;
}

// Groups stand where their first component stands in the configuration.
std::vector<ComponentView> view_components(const Site& site, const store::Snapshot& snapshot) {
  const Facts facts(site, snapshot);
  std::vector<std::vector<ComponentView>> rows;
  std::map<std::string, std::size_t> row_of_group;
  for (const auto& component : site.components) {
    auto row = rows.size();
    if (!component.group.empty())
      row = row_of_group.try_emplace(component.group, row).first->second;
    if (row == rows.size()) rows.emplace_back();
    rows[row].push_back(view_component(component, site, facts));
    rows[row].back().position = static_cast<int>(rows[row].size());
  }
  std::vector<ComponentView> flat;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const bool alone = rows[row].front().group_name.empty();
    if (!alone) flat.push_back(view_group(rows[row].front().group_name, rows[row]));
    const auto head = flat.size() - (alone ? 0 : 1);
    std::ranges::move(rows[row], std::back_inserter(flat));
    flat[head].position = static_cast<int>(row) + 1;
  }
  return flat;
}

Rollup rollup_of(const View& view) {
  std::vector<ComponentStatus> statuses;
  for (const auto& component : view.components) {
    if (!component.is_group) statuses.push_back(component.status);
  }
  auto worst = incident::Impact::none;
  for (const auto& shown : view.incidents) {
    if (shown.incident->is_open()) worst = std::max(worst, shown.incident->impact);
  }
  return roll_up(statuses, worst);
}

}  // namespace

const ComponentView* View::component(const std::string& key) const {
  const auto found = std::ranges::find_if(
      components, [&](const auto& view) { return !view.is_group && view.key == key; });
  return found == components.end() ? nullptr : &*found;
}

IncidentView view_of(const incident::Incident& incident) {
  IncidentView view{&incident, {}};
  for (const auto& update : incident.updates | std::views::reverse) {
    if (update.is_public) view.updates.push_back(&update);
  }
  return view;
}

std::string View::name_of(const std::string& key) const {
  const auto* found = component(key);
  return found == nullptr ? key : found->name;
}

bool is_ahead(const incident::Maintenance& maintenance) {
  return maintenance.status != incident::MaintenanceStatus::completed;
}

View make_view(const Site& site, const store::Snapshot& snapshot, Instant now) {
  View view{.site = &site,
            .snapshot = &snapshot,
            .now = now,
            .page_id = public_id("page", site.url),
            .updated = site.loaded,
            .components = view_components(site, snapshot),
            .incidents = {},
            .maintenances = {},
            .rollup = {}};
  for (const auto& component : view.components) {
    view.updated = std::max(view.updated, component.updated);
  }
  for (const auto& incident : snapshot.incidents) {
    auto shown = view_of(incident);
    if (shown.updates.empty()) continue;
    view.updated = std::max(view.updated, shown.updated());
    view.incidents.push_back(std::move(shown));
  }
  for (const auto& maintenance : snapshot.maintenances) {
    view.updated = std::max(view.updated, maintenance.updates.back().at);
    view.maintenances.push_back(&maintenance);
  }
  view.rollup = rollup_of(view);
  return view;
}

}  // namespace vedette::page
