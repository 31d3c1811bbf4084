// SPDX-License-Identifier: Apache-2.0
#include "agent/reconcile/core.h"

#include <algorithm>
#include <memory>
#include <set>
#include <utility>

namespace vedette::reconcile {
namespace {

using incident::Incident;
using incident::Situation;

// So many things may fall due between two looks. More would be a decision that is never content.
constexpr int most_falls_due = 32;

std::size_t known_updates(const Situation& situation, const std::string& id) {
  for (const auto& known : {&situation.open, &situation.last_resolved}) {
    if (*known && (*known)->id == id) return (*known)->updates.size();
  }
  return 0;
}

bool is_restless(const Situation& situation, const std::optional<Incident>& next) {
  const Incident* incident = next ? &*next : situation.open ? &*situation.open : nullptr;
  const bool open = incident != nullptr && incident->is_open();
  return open || incident::is_unsettled(situation, open ? incident : nullptr);
}

class Replay {
 public:
  Replay(store::Store& store, const store::Group& group, const Stretch& stretch, const Terms& terms)
      : store_(store), group_(group), stretch_(stretch), terms_(terms), looked_(stretch.looked) {
    result_.restless = stretch.restless;
  }

  Replayed run() {
    for (const VoteChange& change : stretch_.changes) {
      if (result_.restless && looked_ != change.at) advance(change.at);
      look({change.vote}, change.at);
      if (result_.error) return result_;
      ++result_.applied;
    }
    const bool may_be_due = result_.restless && looked_ != stretch_.now;
    if (stretch_.changes.empty() || may_be_due) advance(stretch_.now);
    return result_;
  }

 private:
  void look(const std::vector<incident::Vote>& votes, Instant at) {
    reconcile(votes, at, [&](const Situation& situation) { return missing(situation, at); });
    looked_ = at;
  }

  // Whatever falls due until `to`, one after the other.
  void advance(Instant to) {
    for (int i = 0; i < most_falls_due && !result_.error; ++i) {
      const std::size_t before = result_.written.size();
      Instant at = to;
      reconcile({}, to, [&](const Situation& situation) {
        at = due(situation, to);
        return missing(situation, at);
      });
      if (!result_.error) looked_ = at;
      if (result_.written.size() == before) return;
    }
  }

  // The first instant after the last look at which something is missing, `to` at the latest. What
  // was missing at the last look already is not due by time: somebody else changed the situation,
  // and it is told as of now. Once due, always due: that makes it a search by halves.
  Instant due(const Situation& situation, Instant to) const {
    if (!looked_ || *looked_ >= to || !missing(situation, to)) return to;
    Instant not_yet = *looked_;
    if (missing(situation, not_yet)) return to;
    while (to - not_yet > Duration(1)) {
      const Instant middle = not_yet + (to - not_yet) / 2;
      (missing(situation, middle) ? to : not_yet) = middle;
    }
    return to;
  }

  std::optional<Incident> missing(const Situation& situation, Instant at) const {
    return terms_.decide(situation, terms_.policy, at);
  }

  void reconcile(const std::vector<incident::Vote>& votes, Instant at,
                 const store::Decide& decide) {
    if (result_.error) return;
    bool restless = false;
    std::size_t known = 0;
    const auto observed = [&](const Situation& situation) {
      auto next = decide(situation);
      restless = is_restless(situation, next);
      known = next ? known_updates(situation, next->id) : 0;
      return next;
    };
    auto done = store_.reconcile(group_, votes, observed, at);
    if (!done) {
      result_.error = std::move(done.error());
      return;
    }
    result_.restless = restless;
    result_.components_changed |= done->components_changed;
    if (done->incident) result_.written.push_back({std::move(*done->incident), known});
  }

  store::Store& store_;
  const store::Group& group_;
  const Stretch& stretch_;
  const Terms& terms_;
  std::optional<Instant> looked_;
  Replayed result_;
};

}  // namespace

Replayed replay(store::Store& store, const store::Group& group, const Stretch& stretch,
                const Terms& terms) {
  return Replay(store, group, stretch, terms).run();
}

namespace {

// Dependencies, in both directions.
using Neighbours = std::map<std::string, std::vector<std::string>, std::less<>>;

Neighbours neighbours(const std::vector<incident::Component>& components) {
  Neighbours all;
  for (const incident::Component& component : components) {
    for (const std::string& dependency : component.depends_on) {
      all[component.id].push_back(dependency);
      all[dependency].push_back(component.id);
    }
  }
  return all;
}

std::vector<std::string> related_to(const store::Group& group, const Neighbours& all) {
  std::set<std::string> seen;
  std::vector<std::string> ahead;
  for (const incident::Component& own : group.components) {
    seen.insert(own.id);
    ahead.push_back(own.id);
  }
  std::vector<std::string> related;
  while (!ahead.empty()) {
    const std::string id = std::move(ahead.back());
    ahead.pop_back();
    const auto found = all.find(id);
    if (found == all.end()) continue;
    for (const std::string& next : found->second) {
      if (!seen.insert(next).second) continue;
      related.push_back(next);
      ahead.push_back(next);
    }
  }
  std::ranges::sort(related);
  return related;
}

}  // namespace

std::map<std::string, store::Group> groups_of(const std::vector<incident::Component>& components) {
  const auto landscape = std::make_shared<store::Landscape>();
  for (const incident::Component& component : components)
    landscape->emplace(component.id, component);
  const Neighbours all = neighbours(components);
  std::map<std::string, store::Group> groups;
  for (const incident::Component& component : components) {
    store::Group& group = groups[component.incident_group()];
    group.key = component.incident_group();
    group.components.push_back(component);
  }
  for (auto& [key, group] : groups) {
    group.related = related_to(group, all);
    group.landscape = landscape;
  }
  return groups;
}

store::Group group_of(const std::map<std::string, store::Group>& groups, const std::string& key) {
  const auto configured = groups.find(key);
  if (configured != groups.end()) return configured->second;
  store::Group group{.key = key, .components = {}};
  if (!groups.empty()) group.landscape = groups.begin()->second.landscape;
  return group;
}

}  // namespace vedette::reconcile
