// SPDX-License-Identifier: Apache-2.0
// Votes in order, and the status that they add up to.
#include "agent/incident/view.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "agent/incident/timeline.h"

namespace vedette::incident {
namespace {

using detect::State;

struct Tally {
  int down = 0, degraded = 0, up = 0, unknown = 0;
  int unstable = 0;  // of those that are down

  int known() const { return down + degraded + up; }
};

Tally tally(const Votes& votes) {
  Tally result;
  for (const Vote* vote : votes) {
    switch (vote->verdict.state) {
      case State::down:
        ++result.down;
        if (vote->verdict.unstable) ++result.unstable;
        break;
      case State::degraded:
        ++result.degraded;
        break;
      case State::up:
        ++result.up;
        break;
      case State::unknown:
        ++result.unknown;
        break;
    }
  }
  return result;
}

ComponentStatus sum(const Tally& tally) {
  const bool all_down = tally.down == tally.known() && tally.unstable == 0;
  if (tally.down > 0 && all_down) return ComponentStatus::major_outage;
  if (tally.down > 0) return ComponentStatus::partial_outage;
  if (tally.degraded > 0) return ComponentStatus::degraded_performance;
  return ComponentStatus::operational;
}

double failing_share(const Votes& votes) {
  double failing = 0, all = 0;
  for (const Vote* vote : votes) {
    if (!known(*vote)) continue;
    all += vote->weight;
    if (vote->verdict.state == State::down) failing += vote->weight * (unstable(*vote) ? 0.5 : 1);
  }
  return all > 0 ? failing / all : 1;
}

}  // namespace

View view_of(const Situation& situation, const std::set<std::string, std::less<>>& concerned) {
  View view;
  for (const Component& component : situation.components) {
    if (concerned.contains(component.id)) view[component.id].component = &component;
  }
  for (const Vote& vote : situation.votes) {
    const auto found = view.find(vote.component);
    if (found != view.end()) found->second.votes.push_back(&vote);
  }
  for (auto& [id, one] : view) {
    std::ranges::sort(one.votes, {},
                      [](const Vote* vote) { return std::tie(vote->check, vote->region); });
  }
  return view;
}

int severity(ComponentStatus status) {
  return status == ComponentStatus::under_maintenance ? 0 : static_cast<int>(status);
}

Impact impact_of(ComponentStatus status, const Votes& votes, const Component* component,
                 const Policy& policy) {
  auto impact = static_cast<Impact>(severity(status));
  if (status == ComponentStatus::partial_outage && failing_share(votes) < policy.major_from)
    impact = Impact::minor;
  return component == nullptr ? impact : std::min(impact, component->ceiling);
}

bool failing(const Vote& vote) {
  return vote.verdict.state == State::down || vote.verdict.state == State::degraded;
}

bool unstable(const Vote& vote) {
  return failing(vote) && vote.verdict.unstable;
}

bool known(const Vote& vote) {
  return vote.verdict.state != State::unknown;
}

Votes failing_votes(const Votes& votes) {
  Votes result;
  std::ranges::copy_if(votes, std::back_inserter(result),
                       [](const Vote* vote) { return failing(*vote); });
  return result;
}

ComponentStatus status_of(const Votes& votes, ComponentStatus before) {
  Tally seen = tally(votes);
  if (seen.known() == 0) return before;
  const ComponentStatus now = sum(seen);
  if (severity(now) >= severity(before) || seen.unknown == 0) return now;
  // It looks better, but for what cannot be seen: that may be what failed, and is taken to fail
  // still.
  seen.down += seen.unknown;
  const ComponentStatus feared = sum(seen);
  return severity(feared) < severity(before) ? feared : before;
}

ComponentStatus component_status(const std::vector<Vote>& votes_of_component,
                                 ComponentStatus before) {
  Votes votes;
  for (const Vote& vote : votes_of_component) votes.push_back(&vote);
  return status_of(votes, before);
}

ComponentStatus shown_status(const std::string& component,
                             const std::vector<Vote>& votes_of_component, ComponentStatus before,
                             const Incident* incident) {
  const IncidentComponent* entry = incident ? find(*incident, component) : nullptr;
  return entry ? entry->status : component_status(votes_of_component, before);
}

std::optional<Instant> settled_since(const Votes& votes) {
  const auto since = [](const Vote* vote) { return vote->verdict.since; };
  if (votes.empty()) return std::nullopt;
  return since(*std::ranges::max_element(votes, {}, since));
}

}  // namespace vedette::incident
