// SPDX-License-Identifier: Apache-2.0
// Several groups side by side that may depend on each other, each decided upon in turn, as the
// reconciler does.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "tests/unit/incident/world.h"

namespace vedette::incident::test {

class Country {
 public:
  Policy policy;
  std::vector<Change> changes;
  std::vector<Maintenance> maintenances;

  Country() { policy.update_every = {}; }

  // The id is the name in small letters.
  void add(const std::string& name, const std::string& group,
           const std::vector<std::string>& depends_on = {}) {
    Component component;
    component.id = World::id_of(name);
    component.name = name;
    component.group = group;
    component.depends_on = depends_on;
    components_.push_back(component);
    votes_[component.id] = vote(component.id, {State::up, 0, 0});
  }

  void fails(const std::string& id, int since, Reason reason = Reason::connect_refused) {
    votes_[id] = vote(id, {State::down, since, since + 3, reason});
  }
  void passes(const std::string& id, int since) {
    votes_[id] = vote(id, {State::up, since, since + 3});
  }
  bool failing(const std::string& id) const { return votes_.at(id).verdict.state == State::down; }

  Situation situation(const std::string& group) const {
    Situation situation;
    situation.group = group;
    situation.components = components_;
    for (const auto& [id, one] : votes_) situation.votes.push_back(one);
    for (const auto& [other, incident] : open_) {
      if (other == group) continue;
      for (const IncidentComponent& one : incident.components)
        situation.elsewhere.push_back({one.component, incident.id, one.status, incident.opened});
    }
    situation.changes = changes;
    situation.maintenances = maintenances;
    if (const auto found = open_.find(group); found != open_.end()) situation.open = found->second;
    if (const auto found = last_.find(group); found != last_.end())
      situation.last_resolved = found->second;
    return situation;
  }

  // Once for each group, in that order or in that of their names. True when something was missing.
  bool decide_once(int seconds, std::vector<std::string> order = {}) {
    if (order.empty()) order = groups();
    bool changed = false;
    for (const std::string& group : order) {
      auto next = decide(situation(group), policy, at(seconds));
      if (!next) continue;
      changed = true;
      keep(*next);
    }
    return changed;
  }

  // Until nothing is missing any more; false: it does not come to rest.
  bool decide_at(int seconds, const std::vector<std::string>& order = {}) {
    for (int round = 0; round < 8; ++round) {
      if (!decide_once(seconds, order)) return true;
    }
    return false;
  }

  std::vector<std::string> groups() const {
    std::vector<std::string> all;
    for (const Component& one : components_) {
      if (std::ranges::find(all, one.incident_group()) == all.end())
        all.push_back(one.incident_group());
    }
    return all;
  }

  const std::map<std::string, Incident>& open() const { return open_; }
  const std::map<std::string, Incident>& over() const { return last_; }
  const std::vector<Component>& components() const { return components_; }

  void keep(const Incident& next) {
    if (next.is_open()) {
      open_[next.group] = next;
      std::erase_if(last_, [&](const auto& entry) { return entry.second.id == next.id; });
    } else {
      last_[next.group] = next;
      open_.erase(next.group);
    }
  }

 private:
  static Vote vote(const std::string& id, const Word& word) {
    Vote vote;
    vote.check = id + "-check";
    vote.region = "eu-west";
    vote.component = id;
    vote.probe = "http";
    vote.verdict = {word.state, at(word.since), at(word.settled), word.reason, ""};
    return vote;
  }

  std::vector<Component> components_;
  std::map<std::string, Vote> votes_;
  std::map<std::string, Incident> open_, last_;
};

// The newest public entry.
inline const Update& told(const Incident& incident) {
  const auto found = std::find_if(incident.updates.rbegin(), incident.updates.rend(),
                                  [](const Update& update) { return update.is_public; });
  if (found == incident.updates.rend()) throw std::logic_error("nothing was told");
  return *found;
}

// All internal entries together.
inline std::string internal_text(const Incident& incident) {
  std::string text;
  for (const Update& update : incident.updates) {
    if (!update.is_public) text += update.text + "\n";
  }
  return text;
}

}  // namespace vedette::incident::test
