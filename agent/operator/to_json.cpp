// SPDX-License-Identifier: Apache-2.0
#include "agent/operator/to_json.h"

#include <algorithm>
#include <optional>

#include <boost/json/array.hpp>

namespace vedette::operators {
namespace {

namespace json = boost::json;

json::value or_null(const std::optional<Instant>& instant) {
  return instant ? json::value(format_instant(*instant)) : json::value(nullptr);
}

json::object to_json(const incident::IncidentComponent& one) {
  return {{"id", one.component},
          {"name", one.name},
          {"status", incident::text(one.status)},
          {"added", format_instant(one.added)},
          {"recovered", or_null(one.recovered)}};
}

json::object to_json(const incident::Update& one) {
  json::object object{{"sequence", one.sequence},
                      {"at", format_instant(one.at)},
                      {"status", incident::text(one.status)},
                      {"public", one.is_public},
                      {"author", one.author},
                      {"text", one.text}};
  if (one.strikes > 0) object["strikes"] = one.strikes;
  return object;
}

json::object to_json(const incident::MaintenanceUpdate& one) {
  return {{"sequence", one.sequence},
          {"at", format_instant(one.at)},
          {"status", incident::text(one.status)},
          {"author", one.author},
          {"text", one.text}};
}

template <class List>
json::array list(const List& items) {
  json::array array;
  for (const auto& item : items) array.push_back(to_json(item));
  return array;
}

json::array texts(const std::vector<std::string>& items) {
  json::array array;
  for (const std::string& item : items) array.push_back(json::value(item));
  return array;
}

}  // namespace

json::value or_null(const std::string& text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

json::object to_json(const incident::Incident& one) {
  return {{"id", one.id},
          {"group", one.group},
          {"title", one.title},
          {"status", incident::text(one.status)},
          {"impact", incident::text(one.impact)},
          {"worst_impact", incident::text(std::max(one.worst, one.impact))},
          {"impact_held", one.held_impact.has_value()},
          {"impact_began", format_instant(one.impact_began)},
          {"detected", format_instant(one.detected)},
          {"opened", format_instant(one.opened)},
          {"mitigated", or_null(one.mitigated)},
          {"resolved", or_null(one.resolved)},
          {"detected_by", one.detected_by},
          {"acknowledged_by", or_null(one.acknowledged_by)},
          {"merged_into", or_null(one.merged_into)},
          {"components", list(one.components)},
          {"updates", list(one.updates)}};
}

json::object to_json(const incident::Change& one) {
  return {{"id", one.id},
          {"kind", incident::text(one.kind)},
          {"at", format_instant(one.at)},
          {"recorded", format_instant(one.recorded)},
          {"text", one.text},
          {"author", one.author},
          {"public", one.is_public},
          {"before", or_null(one.before)},
          {"after", or_null(one.after)},
          {"components", texts(one.components)}};
}

json::object to_json(const incident::Maintenance& one) {
  return {{"id", one.id},
          {"series", or_null(one.series)},
          {"title", one.title},
          {"status", incident::text(one.status)},
          {"scheduled_for", format_instant(one.scheduled_for)},
          {"scheduled_until", format_instant(one.scheduled_until)},
          {"verify_for", config::format_duration(one.verify_for)},
          {"completed", or_null(one.completed)},
          {"author", one.author},
          {"components", texts(one.components)},
          {"updates", list(one.updates)}};
}

}  // namespace vedette::operators
