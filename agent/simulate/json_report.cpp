// SPDX-License-Identifier: Apache-2.0
// The report for programs. The keys are described in docs/scenarios.md.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "agent/simulate/report.h"

namespace vedette::simulate {
namespace {

namespace json = boost::json;

json::value instant(const std::optional<Instant>& instant) {
  return instant ? json::value(format_instant(*instant)) : json::value(nullptr);
}

json::string_view word(std::string_view text) {
  return {text.data(), text.size()};
}

json::object object(const Told& told) {
  json::array components;
  for (const auto& one : told.update.affected) {
    components.push_back({{"component", one.component},
                          {"name", one.name},
                          {"old_status", word(text(one.old_status))},
                          {"new_status", word(text(one.new_status))}});
  }
  return {{"at", instant(told.update.at)},
          {"incident", told.incident},
          {"group", told.group},
          {"title", told.title},
          {"sequence", told.update.sequence},
          {"status", word(text(told.update.status))},
          {"impact", word(text(told.impact))},
          {"public", told.update.is_public},
          {"author", told.update.author},
          {"text", told.update.text},
          {"components", std::move(components)}};
}

json::object object(const incident::Incident& incident) {
  return {{"id", incident.id},
          {"group", incident.group},
          {"title", incident.title},
          {"status", word(text(incident.status))},
          {"impact", word(text(incident.impact))},
          {"impact_began", instant(incident.impact_began)},
          {"detected", instant(incident.detected)},
          {"opened", instant(incident.opened)},
          {"mitigated", instant(incident.mitigated)},
          {"resolved", instant(incident.resolved)},
          {"detected_by", incident.detected_by}};
}

json::object object(const Difference& difference) {
  return {{"what", difference.what},
          {"details", json::array(difference.details.begin(), difference.details.end())}};
}

template <class Values>
json::array list(const Values& values) {
  json::array array;
  for (const auto& value : values) array.push_back(object(value));
  return array;
}

}  // namespace

std::string as_json(const Report& report) {
  return json::serialize(json::object{{"name", report.name},
                                      {"start", instant(report.start)},
                                      {"end", instant(report.end)},
                                      {"runs", report.runs},
                                      {"timeline", list(report.timeline)},
                                      {"incidents", list(report.incidents)},
                                      {"expected", report.expected},
                                      {"differences", list(report.differences)},
                                      {"as_expected", report.differences.empty()}});
}

}  // namespace vedette::simulate
