// SPDX-License-Identifier: Apache-2.0
// Boost.JSON keeps the keys of an object in the order in which they were given.
#include "agent/page/statuspage_json.h"

#include <algorithm>
#include <optional>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "agent/page/clean.h"
#include "agent/page/public_id.h"

namespace vedette::page {
namespace {

namespace json = boost::json;

constexpr std::size_t newest = 50;

json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value(nullptr) : json::value(clean(text));
}

json::value instant_or_null(const std::optional<Instant>& instant) {
  return instant ? json::value(format_instant(*instant)) : json::value(nullptr);
}

json::object page(const View& view) {
  return {{"id", view.page_id},
          {"name", clean(view.site->brand.name)},
          {"url", view.site->url},
          {"time_zone", "Etc/UTC"},
          {"updated_at", format_instant(view.updated)}};
}

json::object status(const View& view) {
  return {{"indicator", view.rollup.indicator}, {"description", view.rollup.description}};
}

json::object component(const View& view, const ComponentView& shown) {
  json::object object{{"id", shown.id},
                      {"name", clean(shown.name)},
                      {"status", incident::text(shown.status)},
                      {"created_at", format_instant(shown.created)},
                      {"updated_at", format_instant(shown.updated)},
                      {"position", shown.position},
                      {"description", text_or_null(shown.description)},
                      {"showcase", false},
                      {"start_date", nullptr},
                      {"group_id", text_or_null(shown.group_id)},
                      {"page_id", view.page_id},
                      {"group", shown.is_group},
                      {"only_show_if_degraded", false}};
  if (shown.is_group) {
    object["components"] = json::array(shown.children.begin(), shown.children.end());
  }
  return object;
}

json::array components(const View& view) {
  json::array array;
  for (const auto& shown : view.components) array.push_back(component(view, shown));
  return array;
}

// Here, and only here, the name of a component in a group has the group in front.
json::object affected(const View& view, const incident::AffectedComponent& component) {
  const auto* shown = view.component(component.component);
  const bool grouped = shown != nullptr && !shown->group_name.empty();
  return {{"code", public_id("component", component.component)},
          {"name", clean(grouped ? shown->group_name + " - " + component.name : component.name)},
          {"old_status", incident::text(component.old_status)},
          {"new_status", incident::text(component.new_status)}};
}

json::value affected_or_null(const View& view, const incident::Update& update) {
  if (update.affected.empty()) return nullptr;
  json::array array;
  for (const auto& component : update.affected) array.push_back(affected(view, component));
  return array;
}

json::object incident_update(const View& view, const std::string& incident_id,
                             const incident::Update& update) {
  const auto at = format_instant(update.at);
  return {{"id", public_id("update", incident_id + "/" + std::to_string(update.sequence))},
          {"status", incident::text(update.status)},
          {"body", clean(update.text)},
          {"incident_id", incident_id},
          {"created_at", at},
          {"updated_at", at},
          {"display_at", at},
          {"affected_components", affected_or_null(view, update)},
          {"deliver_notifications", true},
          {"custom_tweet", nullptr},
          {"tweet_id", nullptr}};
}

// The first entry into the state, which stays when it fails again later. Looked for in all updates,
// so that it does not depend on which of them are public.
std::optional<Instant> monitoring_at(const incident::Incident& incident) {
  const auto first =
      std::ranges::find(incident.updates, incident::Status::monitoring, &incident::Update::status);
  if (first == incident.updates.end()) return std::nullopt;
  return first->at;
}

json::object incident_object(const View& view, const IncidentView& shown) {
  const auto& incident = *shown.incident;
  json::array updates, live_components;
  for (const auto* update : shown.updates) {
    updates.push_back(incident_update(view, incident.id, *update));
  }
  for (const auto& touched : incident.components) {
    const auto* live = view.component(touched.component);
    if (live != nullptr) live_components.push_back(component(view, *live));
  }
  return {{"id", incident.id},
          {"name", clean(incident.title)},
          {"status", incident::text(incident.status)},
          {"created_at", format_instant(incident.opened)},
          {"updated_at", format_instant(shown.updated())},
          {"monitoring_at", instant_or_null(monitoring_at(incident))},
          {"resolved_at", instant_or_null(incident.resolved)},
          {"impact", incident::text(incident.impact)},
          {"shortlink", view.site->url + "/incidents/" + incident.id},
          {"started_at", format_instant(incident.impact_began)},
          {"page_id", view.page_id},
          {"incident_updates", std::move(updates)},
          {"components", std::move(live_components)}};
}

json::array incidents(const View& view, bool only_open) {
  json::array array;
  for (const auto& shown : view.incidents) {
    if (only_open && !shown.incident->is_open()) continue;
    if (!only_open && array.size() == newest) break;
    array.push_back(incident_object(view, shown));
  }
  return array;
}

// A maintenance has the keys of an incident, and its window.
json::object maintenance_update(const incident::Maintenance& maintenance,
                                const incident::MaintenanceUpdate& update) {
  const auto at = format_instant(update.at);
  return {{"id", public_id("update", maintenance.id + "/" + std::to_string(update.sequence))},
          {"status", incident::text(update.status)},
          {"body", clean(update.text)},
          {"incident_id", maintenance.id},
          {"created_at", at},
          {"updated_at", at},
          {"display_at", at},
          {"affected_components", nullptr},
          {"deliver_notifications", true},
          {"custom_tweet", nullptr},
          {"tweet_id", nullptr}};
}

json::object maintenance_object(const View& view, const incident::Maintenance& maintenance) {
  json::array updates, live_components;
  for (auto update = maintenance.updates.rbegin(); update != maintenance.updates.rend(); ++update) {
    updates.push_back(maintenance_update(maintenance, *update));
  }
  for (const auto& key : maintenance.components) {
    if (const auto* live = view.component(key)) live_components.push_back(component(view, *live));
  }
  return {{"id", maintenance.id},
          {"name", clean(maintenance.title)},
          {"status", incident::text(maintenance.status)},
          {"created_at", format_instant(maintenance.created)},
          {"updated_at", format_instant(maintenance.updates.back().at)},
          {"monitoring_at", nullptr},
          {"resolved_at", instant_or_null(maintenance.completed)},
          {"impact", "maintenance"},
          {"shortlink", view.site->url + "/incidents/" + maintenance.id},
          {"started_at", format_instant(maintenance.scheduled_for)},
          {"page_id", view.page_id},
          {"incident_updates", std::move(updates)},
          {"components", std::move(live_components)},
          {"scheduled_for", format_instant(maintenance.scheduled_for)},
          {"scheduled_until", format_instant(maintenance.scheduled_until)}};
}

bool belongs(const incident::Maintenance& maintenance, Maintenances which) {
  using incident::MaintenanceStatus;
  if (which == Maintenances::all) return true;
  const bool upcoming = maintenance.status == MaintenanceStatus::scheduled;
  return which == Maintenances::upcoming ? upcoming : !upcoming && is_ahead(maintenance);
}

json::array maintenances(const View& view, Maintenances which) {
  json::array array;
  for (const auto* maintenance : view.maintenances) {
    if (array.size() < newest && belongs(*maintenance, which)) {
      array.push_back(maintenance_object(view, *maintenance));
    }
  }
  return array;
}

json::array maintenances_ahead(const View& view) {
  json::array array;
  for (const auto* maintenance : view.maintenances) {
    if (is_ahead(*maintenance)) array.push_back(maintenance_object(view, *maintenance));
  }
  return array;
}

std::string body(json::object object) {
  return json::serialize(object);
}

}  // namespace

std::string summary_json(const View& view) {
  return body({{"page", page(view)},
               {"components", components(view)},
               {"incidents", incidents(view, true)},
               {"scheduled_maintenances", maintenances_ahead(view)},
               {"status", status(view)}});
}

std::string status_json(const View& view) {
  return body({{"page", page(view)}, {"status", status(view)}});
}

std::string components_json(const View& view) {
  return body({{"page", page(view)}, {"components", components(view)}});
}

std::string incidents_json(const View& view) {
  return body({{"page", page(view)}, {"incidents", incidents(view, false)}});
}

std::string unresolved_json(const View& view) {
  return body({{"page", page(view)}, {"incidents", incidents(view, true)}});
}

std::string maintenances_json(const View& view, Maintenances which) {
  return body({{"page", page(view)}, {"scheduled_maintenances", maintenances(view, which)}});
}

}  // namespace vedette::page
