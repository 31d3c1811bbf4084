// SPDX-License-Identifier: Apache-2.0
#include "agent/incident/suspects.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "agent/incident/counted.h"
#include "agent/incident/relations.h"
#include "agent/incident/replan.h"
#include "agent/incident/wording.h"

namespace vedette::incident {
namespace {

constexpr Duration observed_late{60'000};

// The fewest steps from what fails to one of these; nothing: none depends on any.
std::optional<int> steps_to(const std::vector<std::string>& components, const Ids& failing,
                            const Relations& relations) {
  std::optional<int> fewest;
  for (const std::string& from : failing) {
    for (const std::string& to : components) {
      const auto steps = relations.distance(from, to);
      if (steps && (!fewest || *steps < *fewest)) fewest = steps;
    }
  }
  return fewest;
}

bool is_within(Instant at, Instant onset, Duration look_back) {
  return at <= onset + observed_late && onset - at <= look_back;
}

Duration before(Instant at, Instant onset) {
  return std::max(Duration{}, onset - at);
}

// Smaller is more suspicious.
auto rank(const Suspect& one) {
  return std::tuple(one.before * (1 + one.steps), one.steps);
}

std::string distance(const Suspect& suspect) {
  return suspect.before < std::chrono::seconds{1}
             ? std::string("at the moment when it began")
             : wording::words(suspect.before) + " before it began";
}

}  // namespace

const std::string& Suspect::id() const {
  return change != nullptr ? change->id : maintenance->id;
}

std::vector<Suspect> suspects(const Situation& situation, const Ids& failing, Instant onset,
                              Duration look_back) {
  const Relations relations(situation.components);
  std::vector<Suspect> all;
  for (const Change& change : situation.changes) {
    const auto steps = steps_to(change.components, failing, relations);
    if (steps && is_within(change.at, onset, look_back))
      all.push_back({&change, nullptr, before(change.at, onset), *steps});
  }
  for (const Maintenance& one : situation.maintenances) {
    if (is_cancelled(one)) continue;
    const auto steps = steps_to(one.components, failing, relations);
    const Instant began = start_of(one);
    const Instant ended = std::min(end_of(one), onset);
    if (steps && began <= onset && is_within(ended, onset, look_back))
      all.push_back({nullptr, &one, before(ended, onset), *steps});
  }
  std::ranges::sort(all, [](const Suspect& one, const Suspect& other) {
    return std::tuple(rank(one), one.id()) < std::tuple(rank(other), other.id());
  });
  return all;
}

std::vector<const Change*> changes_after(const Situation& situation, const Ids& members,
                                         Instant onset) {
  const Relations relations(situation.components);
  std::vector<const Change*> later;
  for (const Change& change : situation.changes) {
    if (change.at > onset + observed_late && steps_to(change.components, members, relations))
      later.push_back(&change);
  }
  std::ranges::sort(later, {}, [](const Change* one) { return std::tie(one->at, one->id); });
  return later;
}

namespace wording {

std::string suspected(const Suspect& suspect, Instant now) {
  const std::string when = distance(suspect);
  if (suspect.maintenance != nullptr) {
    const Maintenance& one = *suspect.maintenance;
    return suspect.before < std::chrono::seconds{1}
               ? fmt::format(" It began during the maintenance \"{}\".", one.title)
               : fmt::format(" The maintenance \"{}\" ended {}.", one.title, when);
  }
  const Change& change = *suspect.change;
  const std::string_view made =
      change.kind == ChangeKind::observed ? "was observed" : "was recorded";
  if (!change.is_public)
    return fmt::format(" A change {} {} ({}).", made, when, clock(change.at, now));
  return fmt::format(" A change {} {}: \"{}\" ({}).", made, when, change.text,
                     clock(change.at, now));
}

std::string suspect_line(const Suspect& suspect) {
  const std::string where =
      suspect.steps == 0 ? "" : fmt::format(", {} step(s) of dependency away", suspect.steps);
  if (suspect.maintenance != nullptr) {
    const Maintenance& one = *suspect.maintenance;
    return fmt::format("- suspect: maintenance {} \"{}\", {} to {}, {}{}\n", one.id, one.title,
                       format_instant(start_of(one)), format_instant(end_of(one)),
                       distance(suspect), where);
  }
  const Change& change = *suspect.change;
  std::string line =
      fmt::format("- suspect: change {} \"{}\" of {}, {} by {} at {}, {}{}\n", change.id,
                  change.text, list(change.components), text(change.kind), change.author,
                  format_instant(change.at), distance(suspect), where);
  if (!change.before.empty() || !change.after.empty())
    line += fmt::format("    before: {}\n    after: {}\n", change.before, change.after);
  return line;
}

std::string later_change_line(const Change& change, Instant onset) {
  return fmt::format("- change {} \"{}\" of {}, {} by {} at {}, {} after it began\n", change.id,
                     change.text, list(change.components), text(change.kind), change.author,
                     format_instant(change.at), words(change.at - onset));
}

std::string no_suspects(Duration look_back) {
  const auto hours = std::chrono::floor<std::chrono::hours>(look_back).count();
  return fmt::format("- no change was recorded or observed in the {} hours before it began\n",
                     hours);
}

}  // namespace wording
}  // namespace vedette::incident
