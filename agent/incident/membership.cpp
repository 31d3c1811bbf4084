// SPDX-License-Identifier: Apache-2.0
#include "agent/incident/membership.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "agent/incident/relations.h"
#include "agent/incident/timeline.h"
#include "agent/incident/view.h"

namespace vedette::incident {
namespace {

// A failing component of an incident, here or elsewhere.
struct Place {
  std::string_view component;
  Instant opened;
  std::string_view incident;
  bool here = false;

  auto age() const { return std::tie(opened, incident); }
};

std::vector<Place> failing_places(const Situation& situation, const Incident* incident) {
  std::vector<Place> places;
  for (const Elsewhere& one : situation.elsewhere) {
    if (failing(one.status)) places.push_back({one.component, one.opened, one.incident});
  }
  if (incident == nullptr || !incident->is_open()) return places;
  for (const IncidentComponent& one : incident->components) {
    if (failing(one.status))
      places.push_back({one.component, incident->opened, incident->id, true});
  }
  return places;
}

// Since when components fail, by id.
using Onsets = std::map<std::string_view, Instant>;

Onsets onsets(const Situation& situation) {
  Onsets all;
  for (const Vote& vote : situation.votes) {
    if (!failing(vote)) continue;
    const auto [entry, is_new] = all.try_emplace(vote.component, vote.verdict.since);
    if (!is_new) entry->second = std::min(entry->second, vote.verdict.since);
  }
  return all;
}

class Membership {
 public:
  Membership(const Situation& situation, const Incident* incident, const Policy& policy)
      : situation_(situation),
        incident_(incident),
        policy_(policy),
        relations_(situation.components),
        places_(failing_places(situation, incident)),
        onsets_(onsets(situation)) {}

  Ids run() {
    for (const Component& component : situation_.components) {
      if (is_member(component.id) ? is_ours_first(component.id)
                                  : !is_elsewhere(component.id) && is_ours(component))
        ids_.insert(component.id);
    }
    if (incident_ == nullptr) begin_with_what_fails();
    return std::move(ids_);
  }

 private:
  bool is_member(const std::string& id) const {
    return incident_ != nullptr && find(*incident_, id) != nullptr;
  }

  bool is_elsewhere(const std::string& id) const {
    return std::ranges::find(situation_.elsewhere, id, &Elsewhere::component) !=
           situation_.elsewhere.end();
  }

  // A component can be part of two incidents, after it recovered in one of them: it belongs to the
  // one in which it fails, else to the older one.
  bool is_ours_first(const std::string& id) const {
    const auto rank = [](ComponentStatus status, Instant opened, std::string_view incident) {
      return std::tuple(!failing(status), opened, incident);
    };
    const auto ours = rank(find(*incident_, id)->status, incident_->opened, incident_->id);
    return std::ranges::none_of(situation_.elsewhere, [&](const Elsewhere& other) {
      return other.component == id && rank(other.status, other.opened, other.incident) < ours;
    });
  }

  bool is_ours(const Component& component) const {
    const bool own = component.incident_group() == situation_.group;
    if (!onsets_.contains(component.id)) return own;
    const Place* place = owner(component.id);
    return place == nullptr ? own : place->here;
  }

  bool near(Instant one, Instant other) const {
    return std::max(one, other) - std::min(one, other) <= policy_.join_within;
  }

  bool explains(std::string_view member, Instant opened, std::string_view id) const {
    if (relations_.depends(id, member)) return true;
    return relations_.depends(member, id) && near(onsets_.at(id), opened);
  }

  // The oldest incident that the failing component belongs to by its dependencies.
  const Place* owner(std::string_view id) const {
    const Place* oldest = nullptr;
    for (const Place& place : places_) {
      if (!explains(place.component, place.opened, id)) continue;
      if (oldest == nullptr || place.age() < oldest->age()) oldest = &place;
    }
    return oldest;
  }

  // A new incident takes along what belongs to it, however far.
  void begin_with_what_fails() {
    for (bool grown = true; std::exchange(grown, false);) {
      for (const auto& [id, onset] : onsets_) {
        if (ids_.contains(id) || is_elsewhere(std::string(id)) || owner(id) != nullptr) continue;
        const bool joins = std::ranges::any_of(onsets_, [&](const auto& member) {
          return ids_.contains(member.first) && explains(member.first, member.second, id);
        });
        if (joins) grown |= ids_.emplace(id).second;
      }
    }
  }

  const Situation& situation_;
  const Incident* incident_;
  const Policy& policy_;
  const Relations relations_;
  const std::vector<Place> places_;
  const Onsets onsets_;
  Ids ids_;
};

}  // namespace

Ids concerned(const Situation& situation, const Incident* incident, const Policy& policy) {
  return Membership(situation, incident, policy).run();
}

std::string root_elsewhere(const Situation& situation, const Incident& incident,
                           const Policy& policy) {
  const Relations relations(situation.components);
  const auto is_root = [&](const Elsewhere& one) {
    return failing(one.status) &&
           std::tie(one.opened, one.incident) < std::tie(incident.opened, incident.id) &&
           incident.opened - one.opened <= policy.join_within &&
           std::ranges::all_of(incident.components, [&](const IncidentComponent& ours) {
             return !failing(ours.status) || relations.depends(ours.component, one.component);
           });
  };
  const bool any_fails =
      std::ranges::any_of(incident.components, [](const auto& one) { return failing(one.status); });
  const auto root = std::ranges::find_if(situation.elsewhere, is_root);
  return any_fails && root != situation.elsewhere.end() ? root->component : std::string();
}

}  // namespace vedette::incident
