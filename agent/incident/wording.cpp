// SPDX-License-Identifier: Apache-2.0
#include "agent/incident/wording.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <fmt/format.h>

namespace vedette::incident::wording {
namespace {

using detect::State;

constexpr std::size_t names_in_title = 3;
constexpr std::size_t regions_named = 4;

// The votes that make the status what it is: those that are down, or degraded where none is down.
Votes speaking(const Failing& component) {
  const State state =
      component.status == ComponentStatus::degraded_performance ? State::degraded : State::down;
  Votes result;
  for (const Vote* vote : component.votes) {
    if (vote->verdict.state == state) result.push_back(vote);
  }
  return result;
}

// The one step of a transaction at which all of them fail; empty: there is no such step.
std::string common_step(const Votes& votes) {
  const std::string& step = votes.front()->verdict.step;
  const bool common =
      std::ranges::all_of(votes, [&](const Vote* vote) { return vote->verdict.step == step; });
  return common ? step : std::string();
}

std::string step_words(const std::string& step, Reason reason) {
  const auto words = fmt::format("the step \"{}\" does not work", step);
  return reason == Reason::step_failed ? words
                                       : fmt::format("{}, as {}", words, plain_words(reason));
}

// The reason most votes give. A degraded answer that missed an expectation needs no more words.
std::string reason_words(const Votes& votes, ComponentStatus status) {
  std::map<Reason, int> counts;
  for (const Vote* vote : votes) {
    if (vote->verdict.reason) ++counts[*vote->verdict.reason];
  }
  if (counts.empty()) return {};
  const Reason most =
      std::ranges::max_element(counts, {}, [](const auto& count) { return count.second; })->first;
  const bool degraded = status == ComponentStatus::degraded_performance;
  if (degraded && most == Reason::expectation_failed) return {};
  const auto step = common_step(votes);
  return step.empty() ? std::string(plain_words(most)) : step_words(step, most);
}

std::string region_list(const std::set<std::string>& regions) {
  if (regions.size() > regions_named) return fmt::format("{} regions", regions.size());
  return list({regions.begin(), regions.end()});
}

// Where it fails, once it is watched from more than one region.
std::string from_where(const Failing& component, const Votes& spoken) {
  std::set<std::string> seen, failing, well;
  for (const Vote* vote : component.votes) {
    if (known(*vote)) seen.insert(vote->region);
  }
  for (const Vote* vote : spoken) failing.insert(vote->region);
  std::ranges::set_difference(seen, failing, std::inserter(well, well.end()));
  if (seen.size() < 2 || failing.empty()) return {};
  if (well.empty()) return fmt::format(" This is seen from all regions ({}).", region_list(seen));
  return fmt::format(" This is seen from {}, but not from {}.", region_list(failing),
                     region_list(well));
}

// For whom it fails, once the check has variants: " It fails for visa, but not for mastercard."
std::string for_whom(const Failing& component, const Votes& spoken) {
  std::set<std::string> failing, well;
  for (const Vote* vote : spoken) failing.insert(vote->variant);
  for (const Vote* vote : component.votes) {
    if (known(*vote) && !failing.contains(vote->variant)) well.insert(vote->variant);
  }
  failing.erase("");
  well.erase("");
  if (failing.empty() || well.empty()) return {};
  return fmt::format(" It fails for {}, but not for {}.", list({failing.begin(), failing.end()}),
                     list({well.begin(), well.end()}));
}

std::string_view how(ComponentStatus status) {
  switch (status) {
    case ComponentStatus::major_outage:
      return "has not been working";
    case ComponentStatus::partial_outage:
      return "has been working only in part";
    default:
      return "has been working less well than usual";
  }
}

std::string unseen(const std::string& subject, ComponentStatus status) {
  if (status == ComponentStatus::partial_outage) {
    return fmt::format(" Part of {} is working again; we cannot see the rest at the moment.",
                       subject == "It" ? "it" : subject);
  }
  return fmt::format(" {} cannot be seen fully at the moment.", subject);
}

// " It has not been working since 10:02:11 UTC: the server refused the connection."
std::string state_of(const Failing& component, const std::string& subject, News news, Instant now) {
  const Votes spoken = speaking(component);
  if (spoken.empty()) return unseen(subject, component.status);
  const auto since = [](const Vote* vote) { return vote->verdict.since; };
  const auto [first, last] = std::ranges::minmax_element(spoken, {}, since);
  // What has got worse has been as bad as that only since the last of them joined the others.
  const Instant onset = since(news == News::worse ? *last : *first);
  const std::string reason = reason_words(spoken, component.status);
  return fmt::format(" {} {} since {}{}{}.{}{}", subject, how(component.status), clock(onset, now),
                     reason.empty() ? "" : ": ", reason, for_whom(component, spoken),
                     from_where(component, spoken));
}

std::string lead(News news, const Names& names) {
  const std::string all = list(names);
  const std::string_view is = names.size() == 1 ? "is" : "are";
  switch (news) {
    case News::opened:
      return fmt::format("We are investigating a problem with {}.", all);
    case News::added:
      return fmt::format("{} {} now affected as well.", all, is);
    case News::reopened:
      return fmt::format("This incident is open again: {} {} affected.", all, is);
    case News::back:
      return fmt::format("The problem with {} has come back.", all);
    case News::worse:
      return fmt::format("The problem with {} has got worse.", all);
    case News::better:
      return fmt::format("The problem with {} has eased, but is not over.", all);
  }
  return {};
}

std::string count(std::int64_t number, std::string_view unit) {
  return fmt::format("{} {}{}", number, unit, number == 1 ? "" : "s");
}

}  // namespace

std::string_view status_words(ComponentStatus status) {
  switch (status) {
    case ComponentStatus::major_outage:
      return "major outage";
    case ComponentStatus::partial_outage:
      return "partial outage";
    case ComponentStatus::degraded_performance:
      return "degraded performance";
    default:
      return "operational";
  }
}

std::string title(const Names& names, ComponentStatus worst) {
  Names shown(names.begin(),
              names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), names_in_title)));
  if (names.size() > shown.size()) {
    shown.push_back(fmt::format("{} more", names.size() - shown.size()));
  }
  return fmt::format("{}: {}", list(shown), status_words(worst));
}

std::string list(const Names& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
    text += names[i];
  }
  return text;
}

std::string failing(News news, const std::vector<Failing>& components, Instant now) {
  Names names;
  for (const Failing& one : components) names.push_back(one.name);
  std::string text = lead(news, names);
  for (const Failing& one : components) {
    text += state_of(one, components.size() == 1 ? "It" : one.name, news, now);
  }
  return text;
}

std::string unstable(const Names& names) {
  const bool one = names.size() == 1;
  return fmt::format(
      " {} {} unstable: {} failing and recovering. We will report {} as working once {} been steady"
      " for a while.",
      list(names), one ? "is" : "are", one ? "it keeps" : "they keep", one ? "it" : "them",
      one ? "it has" : "they have");
}

std::string recovered(const std::vector<Recovered>& components, Instant now) {
  std::string text;
  for (const Recovered& one : components) {
    text += fmt::format("{}{} has been working again since {}.", text.empty() ? "" : " ", one.name,
                        clock(one.since, now));
  }
  return text;
}

std::string still_affected(const Names& names) {
  return fmt::format(" {} {} still affected.", list(names), names.size() == 1 ? "is" : "are");
}

std::string not_back_with(const Names& waiting, const Names& recovered) {
  const bool one = waiting.size() == 1;
  return fmt::format(" {} {} on {}, and {} not recovered with {}.", list(waiting),
                     one ? "depends" : "depend", list(recovered), one ? "has" : "have",
                     recovered.size() == 1 ? "it" : "them");
}

std::string progress(const Names& failing, const Incident& incident, Duration next, Instant now) {
  const bool identified = incident.status == Status::identified;
  return fmt::format(
      "{} {} still affected, since {}. Nothing has changed since our last update. {} The next"
      " update follows within {}.",
      list(failing), failing.size() == 1 ? "is" : "are", clock(incident.impact_began, now),
      identified ? "We are working on it." : "We are still investigating.", words(next));
}

std::string part_of(const std::string& root) {
  return fmt::format(
      "This is part of the problem with {}, and goes on there. This incident is closed.", root);
}

std::string watching(const Names& names) {
  return names.size() == 1 ? " We are watching it to be sure that it stays well."
                           : " We are watching them to be sure that they stay well.";
}

std::string watching_the_rest() {
  return " Everything else is working. We are watching it to be sure that it stays well.";
}

std::string no_longer_monitored(const Names& names) {
  return fmt::format("{} {} no longer monitored.", list(names), names.size() == 1 ? "is" : "are");
}

std::string resolved(const Names& names, Duration steady, const Span& impact) {
  return fmt::format(
      "{} {} been working normally for {}. This incident is resolved. The problem was seen between"
      " {} and {} ({}); this incident was open for {}.",
      list(names), names.size() == 1 ? "has" : "have", words(steady),
      clock(impact.began, impact.now), clock(impact.ended, impact.now),
      words(impact.ended - impact.began), words(impact.now - impact.opened));
}

std::string resolved_unwatched(const Names& names) {
  return no_longer_monitored(names) + " This incident is closed.";
}

std::string clock(Instant instant, Instant now) {
  using std::chrono::days;
  static constexpr std::array<std::string_view, 12> months{
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  const auto day = std::chrono::floor<days>(instant);
  const std::chrono::hh_mm_ss time{instant - day};
  std::string clock = fmt::format("{:02}:{:02}:{:02} UTC", time.hours().count(),
                                  time.minutes().count(), time.seconds().count());
  if (day == std::chrono::floor<days>(now)) return clock;
  const std::chrono::year_month_day date{day};
  return fmt::format("{} {} {}, {}", static_cast<unsigned>(date.day()),
                     months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                     clock);
}

std::string words(Duration duration) {
  struct Unit {
    std::string_view name;
    std::int64_t seconds;
  };
  static constexpr std::array<Unit, 4> units{Unit{"day", 86'400}, Unit{"hour", 3600},
                                             Unit{"minute", 60}, Unit{"second", 1}};
  std::int64_t rest = std::chrono::floor<std::chrono::seconds>(duration).count();
  if (rest < 1) return "less than a second";
  Names parts;
  for (const Unit& unit : units) {
    const bool second_part = !parts.empty();
    if (rest >= unit.seconds) parts.push_back(count(rest / unit.seconds, unit.name));
    rest %= unit.seconds;
    if (second_part) break;
  }
  return list(parts);
}

}  // namespace vedette::incident::wording
