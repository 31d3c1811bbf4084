// SPDX-License-Identifier: Apache-2.0
#include "agent/incident/background.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "agent/incident/counted.h"
#include "agent/incident/suspects.h"
#include "agent/incident/timeline.h"
#include "agent/incident/view.h"
#include "agent/incident/wording.h"

namespace vedette::incident::background {
namespace {

constexpr std::size_t names_told = 4;
constexpr std::size_t lines_told = 20;

bool is_told(const Incident& incident, std::string_view words, bool in_public) {
  return std::ranges::any_of(incident.updates, [&](const Update& update) {
    return update.is_public == in_public && update.text.contains(words);
  });
}

std::vector<Suspect> suspects_of(const Situation& situation, const Incident& incident,
                                 const Policy& policy) {
  Ids members;
  for (const IncidentComponent& one : incident.components) members.insert(one.component);
  return suspects(situation, members, incident.impact_began, policy.look_back);
}

bool works(const Situation& situation, const Component& component) {
  bool seen = false;
  for (const Vote& vote : situation.votes) {
    if (vote.component != component.id) continue;
    if (failing(vote)) return false;
    seen |= known(vote);
  }
  return seen && std::ranges::find(situation.elsewhere, component.id, &Elsewhere::component) ==
                     situation.elsewhere.end();
}

// Of that on which something failing depends, and of its group; in the order of their ids.
std::vector<const Component*> working(const Situation& situation, const Incident& incident) {
  const Relations relations(situation.components);
  const Ids failing = failing_ids(incident);
  const auto concerns = [&](const Component& component) {
    return component.incident_group() == incident.group ||
           std::ranges::any_of(
               failing, [&](const std::string& id) { return relations.depends(id, component.id); });
  };
  std::vector<const Component*> all;
  for (const Component& one : situation.components) {
    if (!one.internal && !failing.contains(one.id) && concerns(one) && works(situation, one))
      all.push_back(&one);
  }
  std::ranges::sort(all, {}, &Component::id);
  return all;
}

wording::Names names_of(const std::vector<const Component*>& components) {
  wording::Names names;
  for (const Component* one : components) {
    if (names.size() < names_told) names.push_back(one->name);
  }
  if (components.size() > names.size())
    names.push_back(fmt::format("{} more", components.size() - names.size()));
  return names;
}

}  // namespace

Ids failing_ids(const Incident& incident) {
  Ids ids;
  for (const IncidentComponent& one : incident.components) {
    if (failing(one.status)) ids.insert(one.component);
  }
  return ids;
}

std::string since_maintenance(const Situation& situation, const Ids& failing, Instant now) {
  for (const Vote& vote : situation.votes) {
    if (!incident::failing(vote) || !failing.contains(vote.component)) continue;
    if (const Maintenance* one = failing_since(situation, vote, now)) {
      return fmt::format(" It has been failing since the maintenance \"{}\", which ended at {}.",
                         one->title, wording::clock(end_of(*one), now));
    }
  }
  return {};
}

std::string suspicion(const Situation& situation, const Incident& incident, const Policy& policy,
                      Instant now, bool only_changes) {
  for (const Suspect& one : suspects_of(situation, incident, policy)) {
    if (one.change != nullptr || !only_changes) return wording::suspected(one, now);
  }
  return {};
}

std::string dependencies(const Incident& incident, const Relations& relations, const Ids& failing) {
  std::string text;
  for (const std::string& id : failing) {
    wording::Names roots;
    for (const IncidentComponent& one : incident.components) {
      if (incident::failing(one.status) && relations.depends(id, one.component))
        roots.push_back(one.name);
    }
    if (roots.empty() || roots.size() > names_told) continue;
    text += fmt::format(" {} depends on {}.", find(incident, id)->name, wording::list(roots));
  }
  return text;
}

std::string still_working(const Situation& situation, const Incident& incident) {
  const auto all = working(situation, incident);
  return all.empty() ? std::string()
                     : fmt::format(" Still working: {}.", wording::list(names_of(all)));
}

std::string untold_changes(const Situation& situation, const Incident& incident,
                           const Policy& policy, bool opens) {
  std::string lines;
  std::size_t count = 0;
  const auto add = [&](const std::string& id, const std::string& line) {
    if (count < lines_told && !is_told(incident, id, false)) lines += line, ++count;
  };
  const auto before = suspects_of(situation, incident, policy);
  for (const Suspect& one : before) add(one.id(), wording::suspect_line(one));
  Ids members;
  for (const IncidentComponent& one : incident.components) members.insert(one.component);
  for (const Change* one : changes_after(situation, members, incident.impact_began))
    add(one->id, wording::later_change_line(*one, incident.impact_began));
  const bool any_change =
      std::ranges::any_of(before, [](const Suspect& one) { return one.change != nullptr; });
  return opens && !any_change ? lines + wording::no_suspects(policy.look_back) : lines;
}

std::string late_suspicion(const Situation& situation, const Incident& incident,
                           const Policy& policy, Instant now) {
  const auto all = suspects_of(situation, incident, policy);
  const bool named = is_told(incident, " before it began", true) ||
                     is_told(incident, "when it began", true) ||
                     is_told(incident, "during the maintenance", true);
  if (all.empty() || named || all.front().change == nullptr) return {};
  if (all.front().change->recorded <= incident.opened) return {};
  return "We have learned more about this incident." + wording::suspected(all.front(), now);
}

std::string passing_controls(const Situation& situation, const Incident& incident) {
  std::string lines;
  std::size_t count = 0;
  for (const Component* component : working(situation, incident)) {
    for (const Vote& vote : situation.votes) {
      if (vote.component != component->id || vote.verdict.state != detect::State::up) continue;
      if (count++ < lines_told)
        lines += fmt::format("- check {} in {} passes all the while\n", vote.check, vote.region);
    }
  }
  return lines;
}

}  // namespace vedette::incident::background
