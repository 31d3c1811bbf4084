// SPDX-License-Identifier: Apache-2.0
#include "agent/incident/draft.h"

#include <algorithm>
#include <utility>

namespace vedette::incident {

Draft::Draft(Incident incident, Instant now) : incident_(std::move(incident)), now_(now) {
  if (!incident_.updates.empty()) now_ = std::max(now_, incident_.updates.back().at);
  for (const IncidentComponent& one : incident_.components) told_[one.component] = one.status;
}

IncidentComponent& Draft::entry(const std::string& component) {
  auto& all = incident_.components;
  const auto found = std::ranges::find(all, component, &IncidentComponent::component);
  if (found != all.end()) return *found;
  all.emplace_back().component = component;
  return all.back();
}

void Draft::set_failing(const std::string& component, const std::string& name,
                        ComponentStatus status) {
  IncidentComponent& one = entry(component);
  if (one.name.empty()) {
    one.name = name;
    one.added = now_;
  }
  one.status = status;
  one.recovered.reset();
}

void Draft::set_recovered(const std::string& component, Instant recovered) {
  IncidentComponent& one = entry(component);
  one.status = ComponentStatus::operational;
  one.recovered = std::clamp(recovered, std::min(incident_.impact_began, now_), now_);
}

void Draft::append(Status status, std::string text, bool is_public) {
  Update update;
  update.sequence = 1;
  update.at = now_;
  update.status = status;
  update.text = std::move(text);
  update.is_public = is_public;
  if (!incident_.updates.empty()) update.sequence = incident_.updates.back().sequence + 1;
  for (const IncidentComponent& one : incident_.components) {
    const auto before = told_.try_emplace(one.component, ComponentStatus::operational).first;
    update.affected.push_back({one.component, one.name, before->second, one.status});
    before->second = one.status;
  }
  incident_.status = status;
  incident_.updates.push_back(std::move(update));
}

}  // namespace vedette::incident
