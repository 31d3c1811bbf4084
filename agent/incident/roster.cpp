// SPDX-License-Identifier: Apache-2.0
#include "agent/incident/roster.h"

#include <algorithm>
#include <iterator>

namespace vedette::incident {
namespace {

const Votes& votes_of(const IncidentComponent& one, const View& view) {
  static const Votes none;
  const auto seen = view.find(one.component);
  return seen == view.end() ? none : seen->second.votes;
}

}  // namespace

bool anything_fails(const Incident& incident) {
  return std::ranges::any_of(incident.components,
                             [](const auto& one) { return failing(one.status); });
}

Components failing_of(Components components) {
  std::erase_if(components, [](const auto& one) { return !failing(one.status); });
  return components;
}

Components watched_of(Components components, const View& view) {
  std::erase_if(components, [&](const auto& one) { return votes_of(one, view).empty(); });
  return components;
}

std::vector<std::string> names_of(const Components& components) {
  std::vector<std::string> names;
  for (const IncidentComponent& one : components) names.push_back(one.name);
  return names;
}

Votes votes_of(const Components& components, const View& view) {
  Votes votes;
  for (const IncidentComponent& one : components) {
    std::ranges::copy(votes_of(one, view), std::back_inserter(votes));
  }
  return votes;
}

}  // namespace vedette::incident
