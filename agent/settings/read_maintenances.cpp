// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "agent/calendar/instant.h"
#include "agent/settings/maintenances.h"
#include "agent/settings/words.h"
#include "config/suggest.h"

namespace vedette::settings {
namespace {

using namespace std::chrono_literals;
using calendar::Every;
using calendar::Repeat;
using config::Section;
using std::chrono::year_month_day;

constexpr Duration longest = 7 * 24h;
constexpr std::size_t day_width = 10;  // "2026-12-01"
const std::array<std::string, 7> weekdays{"sunday",   "monday", "tuesday", "wednesday",
                                          "thursday", "friday", "saturday"};

// "2026-12-01 02:00": a calendar and a clock on a wall.
void read_begin(Section& section, calendar::Schedule& schedule) {
  const auto* node = section.require("at");
  if (node == nullptr) return;
  const auto text = section.text("at", "");
  const std::string_view rest = std::string_view(text).substr(std::min(text.size(), day_width));
  const auto date = calendar::parse_date(std::string_view(text).substr(0, day_width));
  const auto time = calendar::parse_time_of_day(rest.substr(std::min<std::size_t>(rest.size(), 1)));
  const bool apart = rest.starts_with(' ') || rest.starts_with('T');
  if (!date || !apart || !time || *time % std::chrono::minutes{1} != Duration{}) {
    section.problems().add(
        node->place,
        fmt::format("\"at\" must be a day and a time as \"2026-12-01 02:00\", found {}",
                    config::quote(text)));
    return;
  }
  schedule.date = *date;
  schedule.time = std::chrono::duration_cast<std::chrono::minutes>(*time);
}

brand::Zone read_zone(Section& section) {
  const auto name = section.text("zone", "UTC");
  if (const auto zone = brand::Zone::find(name)) return *zone;
  section.problems().add(section.find("zone")->place,
                         fmt::format("there is no time zone {}; name one of the IANA database, as "
                                     "Europe/Berlin or America/New_York",
                                     config::quote(name)));
  return {};
}

void read_days(Section& section, Repeat& repeat) {
  for (const std::string& word : section.texts("on")) {
    const auto found = std::ranges::find(weekdays, word);
    if (found == weekdays.end()) {
      section.problems().add(section.find("on")->place,
                             fmt::format("{} is no day of the week{}", config::quote(word),
                                         config::did_you_mean(word, weekdays)));
      continue;
    }
    repeat.on.push_back(std::chrono::weekday(static_cast<unsigned>(found - weekdays.begin())));
  }
}

void read_until(Section& section, Repeat& repeat) {
  const auto* node = section.find("until");
  if (node == nullptr) return;
  const auto text = section.text("until", "");
  repeat.until = calendar::parse_date(text);
  if (!repeat.until) {
    section.problems().add(
        node->place,
        fmt::format("\"until\" must be a day as \"2026-12-31\", found {}", config::quote(text)));
  }
}

void check_days(Section& section, const Repeat& repeat) {
  const auto complain = [&](std::string_view what) {
    section.problems().add(section.place(), std::string(what));
  };
  if (!repeat.on.empty() && repeat.every == Every::day)
    complain("\"on\" says days of the week; that goes with every week or month");
  if (repeat.every != Every::month && repeat.nth != 0)
    complain("\"nth\" goes with every month only");
  if (repeat.every == Every::month && (repeat.nth != 0) != (repeat.on.size() == 1))
    complain("every month, \"nth\" and one day in \"on\" go together: nth: last, on: sunday");
}

Repeat read_repeat(Section& maintenance) {
  const auto* node = maintenance.find("repeat");
  if (node == nullptr) return {};
  Section section(*node, "repeat", maintenance.problems());
  Repeat repeat;
  section.require("every");
  repeat.every = static_cast<Every>(1 + section.choice("every", 0, {"day", "week", "month"}));
  repeat.interval = static_cast<int>(section.integer("interval", 1, 1, 100));
  read_days(section, repeat);
  if (section.find("nth") != nullptr) {
    const auto nth = section.choice("nth", 0, {"first", "second", "third", "fourth", "last"});
    repeat.nth = nth == 4 ? -1 : static_cast<int>(nth) + 1;
  }
  repeat.count = static_cast<int>(section.integer("count", 0, 1, 10'000));
  read_until(section, repeat);
  check_days(section, repeat);
  section.finish();
  return repeat;
}

void read_components(Section& section, const std::vector<incident::Component>& components,
                     PlannedMaintenance& planned) {
  section.require("components");
  std::vector<std::string> ids;
  for (const incident::Component& one : components) {
    if (!one.internal) ids.push_back(one.id);
  }
  planned.components = section.texts("components");
  for (const std::string& id : planned.components) {
    const auto found = std::ranges::find(components, id, &incident::Component::id);
    if (found != components.end()) {
      planned.names.push_back(found->name);
    } else if (!ids.empty()) {
      section.problems().add(section.find("components")->place,
                             fmt::format("there is no component {}{}", config::quote(id),
                                         config::did_you_mean(id, ids)));
    }
  }
}

// What never comes, or comes again before it is over, is a slip of the pen.
void check_windows(Section& section, const calendar::Schedule& schedule) {
  constexpr std::chrono::days longest_gap{100 * 31 + 100};
  const Repeat& repeat = schedule.repeat;
  if (!schedule.date.ok() || repeat.every == Every::once) return;
  const auto complain = [&](std::string_view what) {
    section.problems().add(section.find("repeat")->place, std::string(what));
  };
  if (repeat.every == Every::day && schedule.length > std::chrono::days(repeat.interval))
    complain("it begins again before it is over: \"for\" is longer than \"every\" allows");
  if (!repeat.until) return;
  const std::chrono::sys_days first(schedule.date);
  const auto last = std::min(std::chrono::sys_days(*repeat.until), first + longest_gap);
  constexpr std::chrono::days margin{2};  // what is that day there, is another one here
  if (calendar::windows(schedule, Instant(first - margin), Instant(last + margin), 1).empty())
    complain("it never comes: \"until\" is before its first begin");
}

PlannedMaintenance read_maintenance(const config::Node& node, Names& names,
                                    const std::vector<incident::Component>& components,
                                    config::Problems& problems) {
  Section section(node, "a maintenance", problems);
  PlannedMaintenance planned;
  planned.name = read_name(section, "name");
  if (!planned.name.empty()) names.add(planned.name, section.find("name")->place, problems);
  planned.title = section.required_text("title");
  planned.description = section.text("description", "");
  read_components(section, components, planned);
  read_begin(section, planned.schedule);
  planned.schedule.zone = read_zone(section);
  section.require("for");
  planned.schedule.length = section.duration("for", 1h, 1min, longest);
  planned.schedule.repeat = read_repeat(section);
  check_windows(section, planned.schedule);
  planned.verify_for = section.duration("verify_for", 0s, 0s, 24h);
  section.finish();
  return planned;
}

}  // namespace

std::vector<PlannedMaintenance> read_maintenances(
    Section& top, const std::vector<incident::Component>& components) {
  std::vector<PlannedMaintenance> all;
  if (top.find("maintenances") == nullptr) return all;
  Names names("maintenance");
  for (const auto& item : items_of(top, "maintenances"))
    all.push_back(read_maintenance(item, names, components, top.problems()));
  return all;
}

std::vector<incident::Maintenance> occurrences(const std::vector<PlannedMaintenance>& planned,
                                               Instant now) {
  constexpr std::size_t most = 64;  // of one series
  std::vector<incident::Maintenance> all;
  for (const PlannedMaintenance& one : planned) {
    for (const calendar::Window& window :
         calendar::windows(one.schedule, now, now + announced_ahead, most)) {
      all.push_back(incident::announced({.series = one.name,
                                         .title = one.title,
                                         .description = one.description,
                                         .author = "configuration",
                                         .components = one.components,
                                         .names = one.names,
                                         .begin = window.begin,
                                         .end = window.end,
                                         .verify_for = one.verify_for},
                                        now));
    }
  }
  return all;
}

}  // namespace vedette::settings
