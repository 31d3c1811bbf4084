// SPDX-License-Identifier: Apache-2.0
#include "agent/incident/touched.h"

#include <algorithm>
#include <utility>

#include "agent/incident/relations.h"

namespace vedette::incident {
namespace {

// Clocks of agents differ.
constexpr Duration ahead{300'000};

bool is_recent(Instant at, Instant now) {
  return at > now - just_now && at < now + ahead;
}

}  // namespace

std::set<std::string> Touched::news(const std::vector<Change>& changes,
                                    const std::vector<Maintenance>& maintenances, Instant now) {
  std::set<std::string> known;
  std::set<std::string> components;
  const auto note = [&](std::string what, Instant at, const std::vector<std::string>& ids) {
    if (!is_recent(at, now)) return;
    if (!known_.contains(what)) components.insert(ids.begin(), ids.end());
    known.insert(std::move(what));
  };
  for (const Change& change : changes) note(change.id, change.at, change.components);
  for (const Maintenance& one : maintenances) {
    for (const MaintenanceUpdate& update : one.updates) {
      if (update.status != MaintenanceStatus::scheduled && one.began)
        note(one.id + std::string(text(update.status)), update.at, one.components);
    }
  }
  known_ = std::move(known);
  return std::exchange(first_, false) ? std::set<std::string>{} : components;
}

std::set<std::string> with_dependents(const std::set<std::string>& ids,
                                      const std::vector<Component>& components) {
  const Relations relations(components);
  std::set<std::string> out;
  for (const Component& component : components) {
    const bool concerned = std::ranges::any_of(ids, [&](const std::string& id) {
      return relations.distance(component.id, id).has_value();
    });
    if (concerned) out.insert(component.id);
  }
  return out;
}

}  // namespace vedette::incident
