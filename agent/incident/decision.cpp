// SPDX-License-Identifier: Apache-2.0
#include "agent/incident/decision.h"

#include <algorithm>
#include <ranges>
#include <utility>

#include <fmt/format.h>

#include "agent/incident/background.h"
#include "agent/incident/cause.h"
#include "agent/incident/ending.h"
#include "agent/incident/evidence.h"
#include "agent/incident/roster.h"
#include "agent/incident/timeline.h"

namespace vedette::incident {

using Kind = Shift::Kind;
using wording::Names;
using wording::News;

namespace {

std::vector<Shift> of_kind(const std::vector<Shift>& shifts, Kind kind) {
  std::vector<Shift> some;
  std::ranges::copy_if(shifts, std::back_inserter(some),
                       [=](const Shift& shift) { return shift.kind == kind; });
  return some;
}

Votes failing_in(const View& view, const Components& components) {
  return failing_votes(votes_of(components, view));
}

const std::string& own_words(const Texts& texts, News news) {
  switch (news) {
    case News::opened:
      return texts.opened;
    case News::added:
      return texts.added;
    case News::reopened:
      return texts.reopened;
    case News::back:
      return texts.back;
    case News::worse:
      return texts.worse;
    case News::better:
      break;
  }
  return texts.better;
}

const Update* newest_public(const Incident& incident) {
  for (const Update& update : incident.updates | std::views::reverse) {
    if (update.is_public) return &update;
  }
  return nullptr;
}

}  // namespace

std::string title_of(const Incident& incident, const Texts& texts) {
  ComponentStatus worst = ComponentStatus::operational;
  Names names;
  for (const IncidentComponent& one : incident.components) {
    const ComponentStatus its_worst = worst_status(incident, one);
    if (severity(its_worst) > severity(worst)) names.clear();
    if (severity(its_worst) >= severity(worst)) {
      worst = its_worst;
      names.push_back(one.name);
    }
  }
  const auto all = wording::list(names);
  const auto ours = wording::title(names, worst);
  return or_ours(texts.title,
                 {{"components", all}, {"status", wording::status_words(worst)}, {"text", ours}},
                 ours);
}

Decision::Decision(Incident incident, const Situation& situation, const View& view,
                   const Policy& policy, Instant now)
    : draft_(std::move(incident), now),
      situation_(situation),
      view_(view),
      policy_(policy),
      relations_(situation.components) {}

Incident Decision::run() {
  const bool opens = incident().updates.empty();
  const Impact impact_before = incident().impact;
  const bool titled_by_us = opens || incident().title == title_of(incident(), policy_.texts);
  const auto shifts = shifts_of(incident(), view_, policy_, draft_.now());
  tell(shifts);
  rate();
  give_evidence(impact_before, opens);
  tell_late_suspicion();
  identify();
  tell_progress();
  end_when_silent(draft_, view_, policy_);
  end_when_steady(draft_, view_, situation_.watched_since, policy_);
  if (titled_by_us) incident().title = title_of(incident(), policy_.texts);
  return incident();
}

// Bad news first: at no entry shall the incident look better than it is.
void Decision::tell(const Shifts& shifts) {
  tell_failing(of_kind(shifts, Kind::back), News::back);
  tell_failing(of_kind(shifts, Kind::added), news_of_added());
  tell_failing(of_kind(shifts, Kind::worse), News::worse);
  tell_failing(of_kind(shifts, Kind::better), News::better);
  tell_dropped(of_kind(shifts, Kind::dropped), !of_kind(shifts, Kind::recovered).empty());
  tell_recovered(of_kind(shifts, Kind::recovered));
}

News Decision::news_of_added() {
  if (incident().updates.empty()) return News::opened;
  return incident().status == Status::resolved ? News::reopened : News::added;
}

void Decision::tell_failing(const Shifts& shifts, News news) {
  if (shifts.empty()) return;
  std::vector<wording::Failing> components;
  Names names, unstable;
  for (const Shift& shift : shifts) {
    names.push_back(shift.name);
    draft_.set_failing(shift.component, shift.name, shift.status);
    components.push_back({shift.name, shift.status, shift.votes});
    if (news == News::better) passing_ += evidence::passing(shift.votes, incident().impact_began);
    if (shift.unstable) unstable.push_back(shift.name);
  }
  std::string text = wording::failing(news, components, draft_.now());
  if (!unstable.empty()) text += wording::unstable(unstable);
  text += surroundings(shifts, news);
  const auto& own = own_words(policy_.texts, news);
  text = or_ours(own, {{"components", wording::list(names)}, {"text", text}}, text);
  const bool reopens = incident().status == Status::resolved;
  if (news != News::better) incident().mitigated.reset();
  draft_.append(reopens ? Status::investigating : working_status(incident()), std::move(text));
}

// What is worth knowing beside the failure itself, when it is news.
std::string Decision::surroundings(const Shifts& shifts, News news) {
  if (news != News::opened && news != News::added && news != News::reopened) return {};
  Ids failing;
  for (const Shift& shift : shifts) failing.insert(shift.component);
  std::string text = background::dependencies(incident(), relations_, failing);
  const auto since = background::since_maintenance(situation_, failing, draft_.now());
  text += since;
  if (news != News::opened) return text;
  text += background::suspicion(situation_, incident(), policy_, draft_.now(), !since.empty());
  return text + background::still_working(situation_, incident());
}

void Decision::tell_dropped(const Shifts& shifts, bool more_to_come) {
  if (shifts.empty()) return;
  Names names;
  for (const Shift& shift : shifts) {
    draft_.set_recovered(shift.component, draft_.now());
    names.push_back(shift.name);
  }
  const bool over = !anything_fails(incident()) && !more_to_come;
  if (!over) {
    draft_.append(incident().status, wording::no_longer_monitored(names));
  } else if (votes_of(incident().components, view_).empty()) {
    close(draft_, wording::resolved_unwatched(names));
  } else {
    incident().mitigated = draft_.now();
    draft_.append(Status::monitoring,
                  wording::no_longer_monitored(names) + wording::watching_the_rest());
  }
}

void Decision::tell_recovered(const Shifts& shifts) {
  if (shifts.empty()) return;
  std::vector<wording::Recovered> components;
  Names names;
  for (const Shift& shift : shifts) {
    draft_.set_recovered(shift.component, shift.since);
    components.push_back({shift.name, *find(incident(), shift.component)->recovered});
    names.push_back(shift.name);
    passing_ += evidence::passing(shift.votes, incident().impact_began);
  }
  std::string text = wording::recovered(components, draft_.now());
  if (anything_fails(incident())) {
    text += wording::still_affected(names_of(failing_of(incident().components)));
    draft_.append(incident().status, text + left_behind(names));
    return;
  }
  incident().mitigated = last_recovery();
  text += wording::watching(names);
  const auto& own = policy_.texts.monitoring;
  draft_.append(Status::monitoring,
                or_ours(own, {{"components", wording::list(names)}, {"text", text}}, text));
}

// What depends on something that is back, and is not back itself.
std::string Decision::left_behind(const Names& recovered) {
  Names waiting;
  for (const IncidentComponent& one : failing_of(incident().components)) {
    const bool depends = std::ranges::any_of(incident().components, [&](const auto& root) {
      return std::ranges::find(recovered, root.name) != recovered.end() &&
             relations_.depends(one.component, root.component);
    });
    if (depends) waiting.push_back(one.name);
  }
  return waiting.empty() ? std::string() : wording::not_back_with(waiting, recovered);
}

Instant Decision::last_recovery() {
  Instant last = incident().impact_began;
  for (const IncidentComponent& one : incident().components) {
    if (one.recovered) last = std::max(last, *one.recovered);
  }
  return last;
}

Impact Decision::impact_of_member(const IncidentComponent& member) {
  const auto seen = view_.find(member.component);
  return seen == view_.end()
             ? impact_of(member.status, {}, nullptr, policy_)
             : impact_of(member.status, seen->second.votes, seen->second.component, policy_);
}

// The impact as it is now; once nothing fails any more, the worst that customers met. One that a
// person has set stays.
void Decision::rate() {
  if (incident().held_impact) {
    incident().impact = *incident().held_impact;
    return;
  }
  Impact now = Impact::none;
  for (const IncidentComponent& one : incident().components)
    now = std::max(now, impact_of_member(one));
  incident().worst = std::max(incident().worst, now);
  incident().impact = anything_fails(incident()) ? now : incident().worst;
}

void Decision::give_evidence(Impact impact_before, bool opens) {
  const Impact impact = incident().impact;
  std::string lines;
  if (impact_before != Impact::none && impact != impact_before) {
    lines += anything_fails(incident()) ? evidence::impact_change(impact_before, impact)
                                        : evidence::impact_of_all(impact);
  }
  lines += passing_ + evidence::untold(view_, present_stretch(incident()));
  lines += evidence::unseen(votes_of(failing_of(incident().components), view_),
                            present_stretch(incident()));
  lines += background::untold_changes(situation_, incident(), policy_, opens);
  if (opens) lines += background::passing_controls(situation_, incident());
  if (lines.empty()) return;
  lines.pop_back();
  draft_.append(incident().status, std::move(lines), false);
}

void Decision::tell_late_suspicion() {
  if (!anything_fails(incident())) return;
  auto text = background::late_suspicion(situation_, incident(), policy_, draft_.now());
  if (!text.empty()) draft_.append(incident().status, std::move(text));
}

void Decision::identify() {
  if (incident().status != Status::investigating || !anything_fails(incident())) return;
  const auto failing = failing_of(incident().components);
  const bool something_works = !background::still_working(situation_, incident()).empty() ||
                               std::ranges::any_of(votes_of(failing, view_), [](const Vote* vote) {
                                 return vote->verdict.state == detect::State::up;
                               });
  const Instant since = present_stretch(incident()).front().at;
  auto cause = apparent_cause(failing_in(view_, failing), something_works, draft_.now() - since);
  if (!cause.empty()) draft_.append(Status::identified, std::move(cause));
}

// A customer who looks at the page shall see that we have not forgotten it.
void Decision::tell_progress() {
  if (policy_.update_every <= Duration{} || !anything_fails(incident())) return;
  const Update* told = newest_public(incident());
  if (told == nullptr || draft_.now() - told->at < policy_.update_every) return;
  const Names names = names_of(failing_of(incident().components));
  const auto text = wording::progress(names, incident(), policy_.update_every, draft_.now());
  draft_.append(incident().status,
                or_ours(policy_.texts.progress,
                        {{"components", wording::list(names)},
                         {"since", wording::clock(incident().impact_began, draft_.now())},
                         {"next", wording::words(policy_.update_every)},
                         {"text", text}},
                        text));
}

}  // namespace vedette::incident
