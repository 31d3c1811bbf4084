// SPDX-License-Identifier: Apache-2.0
#include "agent/incident/ending.h"

#include <algorithm>

#include <fmt/format.h>

#include "agent/incident/roster.h"
#include "agent/incident/timeline.h"
#include "agent/incident/wording.h"

namespace vedette::incident {
namespace {

constexpr std::string_view silence = "No check reports on ";

void note_silence(Draft& draft, const wording::Names& names, const Policy& policy) {
  if (draft.incident().updates.back().text.starts_with(silence)) return;
  draft.append(draft.incident().status,
               fmt::format("{}{} any more. Without a report for {} the incident is closed.",
                           silence, wording::list(names), wording::words(policy.resolve_after)),
               false);
}

// Since when all of their agents have looked; `entered` when all that are known did so before.
Instant seen_since(const Votes& votes, const std::map<std::string, Instant>& watched_since,
                   Instant entered) {
  Instant newest = entered;
  for (const Vote* vote : votes) {
    const auto agent = watched_since.find(vote->region);
    if (agent != watched_since.end()) newest = std::max(newest, agent->second);
  }
  return newest;
}

}  // namespace

void close(Draft& draft, std::string text) {
  draft.append(Status::resolved, std::move(text));
  draft.incident().resolved = draft.now();
}

void end_when_steady(Draft& draft, const View& view,
                     const std::map<std::string, Instant>& watched_since, const Policy& policy) {
  const Incident& incident = draft.incident();
  if (incident.status != Status::monitoring || anything_fails(incident)) return;
  const Votes votes = votes_of(incident.components, view);
  if (!std::ranges::all_of(votes, [](const Vote* vote) { return known(*vote); })) return;
  const Instant entered = monitoring_since(incident);
  const Instant since = std::max(
      {entered, settled_since(votes).value_or(entered), seen_since(votes, watched_since, entered)});
  if (draft.now() - since < policy.resolve_after) return;

  if (votes.empty())
    return close(draft, wording::resolved_unwatched(names_of(incident.components)));
  const wording::Span impact{incident.impact_began, incident.mitigated.value_or(since),
                             incident.opened, draft.now()};
  const auto names = names_of(watched_of(incident.components, view));
  const auto text = wording::resolved(names, draft.now() - since, impact);
  close(draft, or_ours(policy.texts.resolved,
                       {{"components", wording::list(names)},
                        {"began", wording::clock(impact.began, impact.now)},
                        {"ended", wording::clock(impact.ended, impact.now)},
                        {"impact", wording::words(impact.ended - impact.began)},
                        {"open", wording::words(impact.now - impact.opened)},
                        {"text", text}},
                       text));
}

void end_when_silent(Draft& draft, const View& view, const Policy& policy) {
  const Components failing = failing_of(draft.incident().components);
  const bool held = std::ranges::any_of(failing, [&](const IncidentComponent& one) {
    return set_by_hand(draft.incident(), one.component).has_value();
  });
  if (held) return;
  if (failing.empty() || !votes_of(failing, view).empty()) return;
  const wording::Names names = names_of(failing);
  note_silence(draft, names, policy);
  if (draft.now() - draft.incident().updates.back().at < policy.resolve_after) return;
  for (const IncidentComponent& one : failing) draft.set_recovered(one.component, draft.now());
  close(draft, wording::resolved_unwatched(names));
}

}  // namespace vedette::incident
