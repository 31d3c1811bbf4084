// SPDX-License-Identifier: Apache-2.0
// decide(): open, or take up again, or go on; then tell every change, once, in public words and
// with its evidence.
#include "agent/incident/decide.h"

#include <algorithm>
#include <ranges>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "agent/incident/draft.h"
#include "agent/incident/ending.h"
#include "agent/incident/evidence.h"
#include "agent/incident/identity.h"
#include "agent/incident/roster.h"
#include "agent/incident/shifts.h"
#include "agent/incident/timeline.h"
#include "agent/incident/view.h"
#include "agent/incident/wording.h"

namespace vedette::incident {
namespace {

using Kind = Shift::Kind;
using wording::Names;
using wording::News;

Votes failing_votes(const View& view) {
  Votes all;
  for (const auto& [id, seen] : view)
    std::ranges::copy(failing_votes(seen.votes), std::back_inserter(all));
  return all;
}

Instant onset(const Votes& votes) {
  const auto since = [](const Vote* vote) { return vote->verdict.since; };
  return since(*std::ranges::min_element(votes, {}, since));
}

std::string title_of(const Incident& incident) {
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
  return wording::title(names, worst);
}

// One pass over one group: holds what the steps share.
class Decision {
 public:
  Decision(Incident incident, const View& view, const Policy& policy, Instant now)
      : draft_(std::move(incident), now), view_(view), policy_(policy) {}

  Incident run() {
    const Impact impact_before = incident().impact;
    const bool titled_by_us =
        incident().updates.empty() || incident().title == title_of(incident());
    const auto shifts = shifts_of(incident(), view_, policy_, draft_.now());
    tell(shifts);
    if (!shifts.empty()) rate();
    give_evidence(impact_before);
    end_when_silent(draft_, view_, policy_);
    end_when_steady(draft_, view_, policy_);
    if (titled_by_us) incident().title = title_of(incident());
    return incident();
  }

 private:
  Incident& incident() { return draft_.incident(); }

  void tell(const std::vector<Shift>& shifts) {
    const auto of = [&](Kind kind) {
      std::vector<Shift> some;
      std::ranges::copy_if(shifts, std::back_inserter(some),
                           [=](const Shift& shift) { return shift.kind == kind; });
      return some;
    };
    // Bad news first: at no entry shall the incident look better than it is.
    tell_failing(of(Kind::back), News::back);
    tell_failing(of(Kind::added), news_of_added());
    tell_failing(of(Kind::worse), News::worse);
    tell_failing(of(Kind::better), News::better);
    tell_dropped(of(Kind::dropped), !of(Kind::recovered).empty());
    tell_recovered(of(Kind::recovered));
  }

  News news_of_added() {
    if (incident().updates.empty()) return News::opened;
    return incident().status == Status::resolved ? News::reopened : News::added;
  }

  void tell_failing(const std::vector<Shift>& shifts, News news) {
    if (shifts.empty()) return;
    std::vector<wording::Failing> components;
    Names unstable;
    for (const Shift& shift : shifts) {
      draft_.set_failing(shift.component, shift.name, shift.status);
      components.push_back({shift.name, shift.status, shift.votes});
      if (news == News::better) note_passing(shift);
      if (shift.unstable) unstable.push_back(shift.name);
    }
    std::string text = wording::failing(news, components, draft_.now());
    if (!unstable.empty()) text += wording::unstable(unstable);
    const bool reopens = incident().status == Status::resolved;
    if (news != News::better) incident().mitigated.reset();
    draft_.append(reopens ? Status::investigating : working_status(incident()), std::move(text));
  }

  void tell_dropped(const std::vector<Shift>& shifts, bool more_to_come) {
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

  void tell_recovered(const std::vector<Shift>& shifts) {
    if (shifts.empty()) return;
    std::vector<wording::Recovered> components;
    Names names;
    for (const Shift& shift : shifts) {
      draft_.set_recovered(shift.component, shift.since);
      components.push_back({shift.name, *find(incident(), shift.component)->recovered});
      names.push_back(shift.name);
      note_passing(shift);
    }
    std::string text = wording::recovered(components, draft_.now());
    if (anything_fails(incident())) {
      text += wording::still_affected(names_of(failing_of(incident().components)));
      draft_.append(incident().status, std::move(text));
      return;
    }
    incident().mitigated = last_recovery();
    draft_.append(Status::monitoring, text + wording::watching(names));
  }

  Instant last_recovery() {
    Instant last = incident().impact_began;
    for (const IncidentComponent& one : incident().components) {
      if (one.recovered) last = std::max(last, *one.recovered);
    }
    return last;
  }

  // The impact as it is now; once nothing fails any more, the worst that customers met.
  void rate() {
    const bool over = !anything_fails(incident());
    Impact worst = Impact::none;
    for (const IncidentComponent& one : incident().components) {
      worst = std::max(worst, impact_of(over ? worst_status(incident(), one) : one.status));
    }
    incident().impact = worst;
  }

  void note_passing(const Shift& shift) {
    passing_ += evidence::passing(shift.votes, incident().impact_began);
  }

  void give_evidence(Impact impact_before) {
    const Impact impact = incident().impact;
    std::string lines;
    if (impact_before != Impact::none && impact != impact_before) {
      lines += anything_fails(incident()) ? evidence::impact_change(impact_before, impact)
                                          : evidence::impact_of_all(impact);
    }
    lines += passing_ + evidence::untold(view_, present_stretch(incident()));
    if (lines.empty()) return;
    lines.pop_back();
    draft_.append(incident().status, std::move(lines), false);
  }

  Draft draft_;
  const View& view_;
  const Policy& policy_;
  std::string passing_;  // evidence of what got better
};

Incident fresh(const Situation& situation, const Votes& failing, Instant now) {
  const Vote* first = *std::ranges::min_element(failing, {}, [](const Vote* vote) {
    return std::tie(vote->verdict.decided, vote->check, vote->region);
  });
  Incident incident;
  incident.group = situation.group;
  incident.impact_began = onset(failing);
  incident.detected = std::max(first->verdict.decided, incident.impact_began);
  incident.opened = std::max(now, incident.detected);
  incident.detected_by = fmt::format("check {} in {}", first->check, first->region);
  const auto& last = situation.last_resolved;
  incident.id = incident_id(incident.group, incident.impact_began, last ? last->id : "");
  return incident;
}

bool goes_on(const std::optional<Incident>& last, const Policy& policy, Instant onset) {
  return last && last->status == Status::resolved && last->resolved &&
         onset - *last->resolved <= policy.reopen_within;
}

Incident taken_up_again(Incident incident) {
  incident.resolved.reset();
  incident.mitigated.reset();
  return incident;
}

// Nothing that customers notice.
bool is_internal(const Situation& situation) {
  return !situation.components.empty() &&
         std::ranges::all_of(situation.components, &Component::internal);
}

// Kept from customers: no impact, and no word in public.
Incident kept_internal(Incident incident, std::size_t told_before) {
  incident.impact = Impact::none;
  for (Update& update : incident.updates | std::views::drop(told_before)) update.is_public = false;
  return incident;
}

std::optional<Incident> decide_public(const Situation& situation, const Policy& policy,
                                      Instant now) {
  const View view = view_of(situation);
  if (situation.open) {
    Incident next = Decision(*situation.open, view, policy, now).run();
    return next == *situation.open ? std::nullopt : std::optional(std::move(next));
  }
  const Votes failing = failing_votes(view);
  if (failing.empty()) return std::nullopt;
  Incident incident = goes_on(situation.last_resolved, policy, onset(failing))
                          ? taken_up_again(*situation.last_resolved)
                          : fresh(situation, failing, now);
  const Instant begin = std::max(now, incident.opened);
  return Decision(std::move(incident), view, policy, begin).run();
}

std::size_t told_already(const Situation& situation, const Incident& incident) {
  for (const auto& known : {situation.open, situation.last_resolved}) {
    if (known && known->id == incident.id) return known->updates.size();
  }
  return 0;
}

}  // namespace

std::optional<Incident> decide(const Situation& situation, const Policy& policy, Instant now) {
  auto next = decide_public(situation, policy, now);
  if (!next || !is_internal(situation)) return next;
  const auto told = told_already(situation, *next);
  return kept_internal(*std::move(next), told);
}

}  // namespace vedette::incident
