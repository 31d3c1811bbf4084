// SPDX-License-Identifier: Apache-2.0
#include "agent/settings/read_components.h"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "agent/settings/cycles.h"
#include "agent/settings/words.h"
#include "config/suggest.h"

namespace vedette::settings {
namespace {

using config::Section;
using incident::Component;

// A component, and where the texts stand that are looked at once all components are known.
struct Draft {
  Component component;
  config::Place place;
  std::vector<config::Place> dependency_places;  // as many as depends_on
};

bool is_id(std::string_view id) {
  return id.size() <= 64 && std::ranges::all_of(id, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
         });
}

std::string read_id(Section& section, Names& names) {
  auto id = section.required_text("id");
  if (id.empty()) return id;
  const auto& place = section.find("id")->place;
  if (!is_id(id)) {
    section.problems().add(
        place, fmt::format("the id {} may hold only a-z, 0-9, _ and -, and at most 64 of them",
                           config::quote(id)));
  }
  names.add(id, place, section.problems());
  return id;
}

void read_dependencies(Section& section, Draft& draft) {
  const auto* node = section.find("depends_on");
  draft.component.depends_on = section.texts("depends_on");
  if (node == nullptr) return;
  draft.dependency_places.assign(draft.component.depends_on.size(), node->place);
  if (node->items.size() != draft.dependency_places.size()) return;
  for (std::size_t i = 0; i < node->items.size(); ++i)
    draft.dependency_places[i] = node->items[i].place;
}

incident::Impact read_ceiling(Section& section) {
  const auto* node = section.find("impact_at_most");
  if (node == nullptr) return incident::Impact::critical;
  const auto word = section.text("impact_at_most", "");
  const auto impact = incident::parse_impact(word);
  if (impact && *impact != incident::Impact::none) return *impact;
  section.problems().add(
      node->place, fmt::format("\"impact_at_most\" must be minor, major or critical, found {}",
                               config::quote(word)));
  return incident::Impact::critical;
}

Draft read_component(const config::Node& node, Names& names, config::Problems& problems) {
  Section section(node, "a component", problems);
  Draft draft;
  draft.place = node.place;
  draft.component.id = read_id(section, names);
  draft.component.name = read_name(section, "name");
  draft.component.group = read_name(section, "group", "");
  draft.component.description = section.text("description", "");
  draft.component.ceiling = read_ceiling(section);
  read_dependencies(section, draft);
  section.finish();
  return draft;
}

using Index = std::unordered_map<std::string_view, std::size_t>;

Index index_by_id(const std::vector<Draft>& drafts) {
  Index index;
  for (std::size_t i = 0; i < drafts.size(); ++i) index.try_emplace(drafts[i].component.id, i);
  return index;
}

std::vector<std::string> ids_of(const std::vector<Draft>& drafts) {
  std::vector<std::string> ids;
  for (const auto& draft : drafts) ids.push_back(draft.component.id);
  return ids;
}

// The known dependencies as indexes; unknown ones are problems.
Graph link(const std::vector<Draft>& drafts, config::Problems& problems) {
  const auto index = index_by_id(drafts);
  const auto ids = ids_of(drafts);
  Graph graph(drafts.size());
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    const auto& wanted = drafts[i].component.depends_on;
    for (std::size_t j = 0; j < wanted.size(); ++j) {
      if (const auto found = index.find(wanted[j]); found != index.end()) {
        graph[i].push_back(found->second);
      } else if (!problems.full()) {
        problems.add(drafts[i].dependency_places[j],
                     fmt::format("there is no component {}{}", config::quote(wanted[j]),
                                 config::did_you_mean(wanted[j], ids)));
      }
    }
  }
  return graph;
}

std::string in_words(const std::vector<std::size_t>& cycle, const std::vector<Draft>& drafts) {
  constexpr std::size_t most = 20;
  std::string text;
  for (std::size_t i = 0; i < std::min(cycle.size(), most); ++i) {
    text += drafts[cycle[i]].component.id + " -> ";
  }
  if (cycle.size() > most) text += fmt::format("({} more) -> ", cycle.size() - most);
  return text + drafts[cycle.front()].component.id;
}

// Outages are joined under the group's name, or under the id of a component that has none: they
// must not meet.
void check_groups(const std::vector<Draft>& drafts, config::Problems& problems) {
  std::unordered_map<std::string_view, const Draft*> groups;
  for (const auto& draft : drafts) {
    if (!draft.component.group.empty()) groups.try_emplace(draft.component.group, &draft);
  }
  for (const auto& draft : drafts) {
    if (!draft.component.group.empty()) continue;
    const auto found = groups.find(draft.component.id);
    if (found == groups.end()) continue;
    problems.add(
        draft.place,
        fmt::format("the component {} has no group, but its id is the name of a group at {}; "
                    "their incidents would be one",
                    config::quote(draft.component.id), found->second->place.text()));
  }
}

}  // namespace

std::vector<Component> read_components(Section& top) {
  auto& problems = top.problems();
  std::vector<Draft> drafts;
  Names names("component");
  for (const auto& item : items_of(top, "components")) {
    drafts.push_back(read_component(item, names, problems));
  }
  for (const auto& cycle : find_cycles(link(drafts, problems))) {
    problems.add(drafts[cycle.front()].place,
                 fmt::format("these components depend on each other: {}", in_words(cycle, drafts)));
  }
  check_groups(drafts, problems);
  std::vector<Component> components;
  for (auto& draft : drafts) components.push_back(std::move(draft.component));
  if (components.empty() && top.find("components") == nullptr) {
    problems.add(top.place(), "there are no components; a check needs one");
  }
  return components;
}

}  // namespace vedette::settings
