// SPDX-License-Identifier: Apache-2.0
// decide(): open, or take up again, or go on, or leave it to another group's incident.
#include "agent/incident/decide.h"

#include <algorithm>
#include <ranges>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "agent/incident/counted.h"
#include "agent/incident/decision.h"
#include "agent/incident/identity.h"
#include "agent/incident/membership.h"
#include "agent/incident/roster.h"
#include "agent/incident/timeline.h"

namespace vedette::incident {
namespace {

Votes failing_votes(const View& view) {
  Votes all;
  for (const auto& [id, seen] : view)
    std::ranges::copy(failing_votes(seen.votes), std::back_inserter(all));
  return all;
}

// The first failing sample; of what was failing in a maintenance, the end of that: until then
// nobody was promised anything else.
Instant onset(const Situation& situation, const Votes& votes, Instant now) {
  const auto began = [&](const Vote* vote) {
    const Maintenance* announced = failing_since(situation, *vote, now);
    return announced == nullptr ? vote->verdict.since : end_of(*announced);
  };
  return std::ranges::min(votes | std::views::transform(began));
}

Incident fresh(const Situation& situation, const Votes& failing, Instant now) {
  const Vote* first = *std::ranges::min_element(failing, {}, [](const Vote* vote) {
    return std::tie(vote->verdict.decided, vote->check, vote->region);
  });
  Incident incident;
  incident.group = situation.group;
  incident.impact_began = onset(situation, failing, now);
  incident.detected = std::max(first->verdict.decided, incident.impact_began);
  incident.opened = std::max(now, incident.detected);
  incident.detected_by = fmt::format("check {} in {}", first->check, first->region);
  const auto& last = situation.last_resolved;
  incident.id = incident_id(incident.group, incident.impact_began, last ? last->id : "");
  return incident;
}

bool goes_on(const std::optional<Incident>& last, const Policy& policy, Instant onset) {
  return last && last->status == Status::resolved && last->resolved && last->merged_into.empty() &&
         onset - *last->resolved <= policy.reopen_within;
}

Incident taken_up_again(Incident incident) {
  incident.resolved.reset();
  incident.mitigated.reset();
  return incident;
}

// Nothing that customers notice.
bool is_internal(const Situation& situation, const Incident& incident) {
  const auto is_part = [&](const Component& one) { return find(incident, one.id) != nullptr; };
  auto parts = situation.components | std::views::filter(is_part);
  return !parts.empty() && std::ranges::all_of(parts, &Component::internal);
}

// Kept from customers: no impact, and no word in public.
Incident kept_internal(Incident incident, std::size_t told_before) {
  incident.impact = Impact::none;
  for (Update& update : incident.updates | std::views::drop(told_before)) update.is_public = false;
  return incident;
}

// The part that is an incident of this group goes on within that of its root.
Incident left_to(const std::string& root, Incident incident, const Situation& situation,
                 Instant now) {
  const auto component = std::ranges::find(situation.components, root, &Component::id);
  const auto other = std::ranges::find(situation.elsewhere, root, &Elsewhere::component);
  incident.merged_into = other->incident;
  Draft draft(std::move(incident), now);
  draft.append(Status::resolved, wording::part_of(component->name));
  draft.incident().resolved = draft.now();
  return draft.incident();
}

Incident go_on(const Incident& open, const Situation& situation, const Policy& policy,
               Instant now) {
  const auto root = touched_by_hand(open) ? std::string() : root_elsewhere(situation, open, policy);
  if (!root.empty()) return left_to(root, open, situation, now);
  const View view = view_of(situation, concerned(situation, &open, policy));
  return Decision(open, situation, view, policy, now).run();
}

std::optional<Incident> decide_public(const Situation& situation, const Policy& policy,
                                      Instant now) {
  if (situation.open) {
    Incident next = go_on(*situation.open, situation, policy, now);
    return next == *situation.open ? std::nullopt : std::optional(std::move(next));
  }
  const View view = view_of(situation, concerned(situation, nullptr, policy));
  const Votes failing = failing_votes(view);
  if (failing.empty()) return std::nullopt;
  const bool again = goes_on(situation.last_resolved, policy, onset(situation, failing, now));
  Incident incident =
      again ? taken_up_again(*situation.last_resolved) : fresh(situation, failing, now);
  const Instant begin = std::max(now, incident.opened);
  return Decision(std::move(incident), situation, view, policy, begin).run();
}

std::size_t told_already(const Situation& situation, const Incident& incident) {
  for (const auto* known : {&situation.open, &situation.last_resolved}) {
    if (*known && (*known)->id == incident.id) return (*known)->updates.size();
  }
  return 0;
}

}  // namespace

std::optional<Incident> decide(const Situation& situation, const Policy& policy, Instant now) {
  auto next = decide_public(as_counted(situation, now), policy, now);
  if (!next || !is_internal(situation, *next)) return next;
  const auto told = told_already(situation, *next);
  return kept_internal(*std::move(next), told);
}

bool is_unsettled(const Situation& situation, const Incident* incident) {
  Ids own;
  for (const Component& component : situation.components) {
    if (component.incident_group() == situation.group) own.insert(component.id);
  }
  return std::ranges::any_of(situation.votes, [&](const Vote& vote) {
    if (!failing(vote) || !own.contains(vote.component)) return false;
    const IncidentComponent* member = incident ? find(*incident, vote.component) : nullptr;
    return member == nullptr || !failing(member->status);
  });
}

}  // namespace vedette::incident
