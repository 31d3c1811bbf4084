// SPDX-License-Identifier: Apache-2.0
#include "agent/operator/explain.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "agent/incident/counted.h"
#include "agent/operator/to_json.h"

namespace vedette::operators {
namespace {

namespace json = boost::json;

json::value word(const std::optional<Reason>& reason) {
  return reason ? json::value(text(*reason)) : json::value(nullptr);
}

json::object to_json(const detect::Verdict& one) {
  return {{"state", detect::text(one.state)},
          {"since", format_instant(one.since)},
          {"decided", format_instant(one.decided)},
          {"reason", word(one.reason)},
          {"message", or_null(one.message)},
          {"step", or_null(one.step)},
          {"unstable", one.unstable}};
}

json::object to_json(const detect::Stretch& one) {
  return {{"first", format_instant(one.first)},
          {"last", format_instant(one.last)},
          {"runs", one.runs},
          {"outcome", text(one.outcome)},
          {"reason", word(one.reason)},
          {"message", or_null(one.message)},
          {"then", detect::text(one.state)},
          {"unstable", one.unstable}};
}

bool holds(const incident::Incident& incident, const std::string& component) {
  return incident.is_open() && std::ranges::count(incident.components, component,
                                                  &incident::IncidentComponent::component) > 0;
}

}  // namespace

json::object to_json(const detect::Account& one) {
  json::array rules, runs;
  for (const auto& rule : one.rules) rules.push_back(json::value(rule));
  for (const auto& stretch : one.trail) runs.push_back(to_json(stretch));
  return {{"check", one.check},
          {"verdict", to_json(one.verdict)},
          {"rules", std::move(rules)},
          {"runs", std::move(runs)},
          {"waiting", one.waiting}};
}

json::object surroundings(const std::string& component, const web::State& state) {
  json::object object{
      {"id", component}, {"status", nullptr}, {"incident", nullptr}, {"maintenance", nullptr}};
  if (!state.snapshot) return object;
  const auto& known = state.snapshot->components;
  const auto found = std::ranges::find(known, component, &store::ComponentState::component);
  if (found != known.end()) object["status"] = incident::text(found->status);
  for (const auto& one : state.snapshot->incidents) {
    if (holds(one, component)) object["incident"] = one.id;
  }
  for (const auto& one : state.snapshot->maintenances) {
    if (incident::is_active(one, state.now()) && incident::names(one, component))
      object["maintenance"] = one.id;
  }
  return object;
}

json::array cleanups_of(const detect::Account& check, const std::vector<flow::Entry>& entries) {
  json::array all;
  for (const flow::Entry& one : entries) {
    const auto key = one.variant.empty() ? one.flow : fmt::format("{}[{}]", one.flow, one.variant);
    if (key != check.check) continue;
    all.push_back(
        json::object{{"step", one.step},
                     {"run", one.run},
                     {"noted", format_instant(one.noted)},
                     {"attempts", one.attempts},
                     {"not_before", one.attempts > 0 ? json::value(format_instant(one.not_before))
                                                     : json::value(nullptr)},
                     {"trouble", or_null(one.trouble)}});
  }
  return all;
}

std::vector<std::string> names_of_checks(const web::State& state) {
  std::vector<std::string> names;
  const auto series = state.checks ? state.checks() : nullptr;
  if (!series) return names;
  for (const auto& one : *series) {
    names.push_back(one->labels().check);
    if (!one->labels().variant.empty()) names.push_back(one->labels().key());
  }
  return names;
}

}  // namespace vedette::operators
