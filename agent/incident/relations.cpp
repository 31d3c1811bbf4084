// SPDX-License-Identifier: Apache-2.0
#include "agent/incident/relations.h"

#include <algorithm>
#include <set>

namespace vedette::incident {

Relations::Relations(const std::vector<Component>& components) {
  for (const Component& component : components) by_id_[component.id] = &component;
}

std::optional<int> Relations::distance(std::string_view from, std::string_view to) const {
  std::set<std::string_view> seen{from};
  std::vector<std::string_view> ring{from};
  for (int steps = 0; !ring.empty(); ++steps) {
    if (std::ranges::find(ring, to) != ring.end()) return steps;
    std::vector<std::string_view> next;
    for (const std::string_view id : ring) {
      const auto found = by_id_.find(id);
      if (found == by_id_.end()) continue;
      for (const std::string& dependency : found->second->depends_on) {
        if (seen.insert(dependency).second) next.push_back(dependency);
      }
    }
    ring = std::move(next);
  }
  return std::nullopt;
}

}  // namespace vedette::incident
