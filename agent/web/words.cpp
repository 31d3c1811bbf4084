// SPDX-License-Identifier: Apache-2.0
#include "agent/web/words.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace vedette::web {
namespace {

using incident::ComponentStatus;

struct Date {
  std::chrono::year_month_day day;
  std::chrono::hh_mm_ss<std::chrono::milliseconds> time;

  explicit Date(Instant at)
      : day(std::chrono::floor<std::chrono::days>(at)),
        time(at - std::chrono::floor<std::chrono::days>(at)) {}

  std::string_view month() const {
    static constexpr std::array<std::string_view, 12> names{
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December"};
    return names[static_cast<unsigned>(day.month()) - 1];
  }
  unsigned day_of_month() const { return static_cast<unsigned>(day.day()); }
  int year() const { return static_cast<int>(day.year()); }
};

std::string counted(long long count, std::string_view unit) {
  return fmt::format("{} {}{}", count, unit, count == 1 ? "" : "s");
}

// The greater unit, and the rest in the smaller one where there is some.
std::string two_units(long long amount, long long size, std::string_view great,
                      std::string_view small) {
  auto words = counted(amount / size, great);
  if (amount % size > 0) words += " " + counted(amount % size, small);
  return words;
}

std::string_view words_of_trouble(ComponentStatus status) {
  return status == ComponentStatus::under_maintenance ? "Maintenance" : words(status);
}

struct Tally {
  std::vector<std::string> names;  // of the components in this status
  std::size_t total = 0;
};

Tally tally(const View& view, ComponentStatus status) {
  Tally tally;
  for (const auto& component : view.components) {
    if (component.is_group) continue;
    ++tally.total;
    if (component.status == status) tally.names.push_back(component.name);
  }
  return tally;
}

// Fits after "affecting", whether the names are singular or plural.
std::string affected_words(const Tally& tally) {
  const auto& names = tally.names;
  if (names.size() == 1) return names[0];
  if (names.size() == tally.total) return "all systems";
  if (names.size() == 2) return names[0] + " and " + names[1];
  return fmt::format("{} of {} systems", names.size(), tally.total);
}

}  // namespace

std::string_view words(ComponentStatus status) {
  switch (status) {
    case ComponentStatus::operational:
      return "Operational";
    case ComponentStatus::degraded_performance:
      return "Degraded performance";
    case ComponentStatus::partial_outage:
      return "Partial outage";
    case ComponentStatus::major_outage:
      return "Major outage";
    case ComponentStatus::under_maintenance:
      break;
  }
  return "Under maintenance";
}

std::string_view words(incident::Impact impact) {
  switch (impact) {
    case incident::Impact::none:
      return "No impact";
    case incident::Impact::minor:
      return "Minor impact";
    case incident::Impact::major:
      return "Major impact";
    case incident::Impact::critical:
      break;
  }
  return "Critical impact";
}

std::string_view words(incident::Status status) {
  switch (status) {
    case incident::Status::investigating:
      return "Investigating";
    case incident::Status::identified:
      return "Identified";
    case incident::Status::monitoring:
      return "Monitoring";
    case incident::Status::resolved:
      return "Resolved";
    case incident::Status::postmortem:
      break;
  }
  return "Postmortem";
}

std::string date_words(Instant at) {
  const Date date(at);
  return fmt::format("{} {} {}", date.day_of_month(), date.month(), date.year());
}

std::string time_words(Instant at) {
  const Date date(at);
  return fmt::format("{} {} {}, {:02}:{:02}:{:02} UTC", date.day_of_month(),
                     date.month().substr(0, 3), date.year(), date.time.hours().count(),
                     date.time.minutes().count(), date.time.seconds().count());
}

std::string duration_words(Duration span) {
  const auto minutes = std::chrono::floor<std::chrono::minutes>(span).count();
  if (minutes < 1) return "less than a minute";
  if (minutes < 60) return counted(minutes, "minute");
  if (minutes < 24 * 60) return two_units(minutes, 60, "hour", "minute");
  return two_units(minutes / 60, 24, "day", "hour");
}

std::string headline(const View& view) {
  for (const auto status :
       {ComponentStatus::major_outage, ComponentStatus::partial_outage,
        ComponentStatus::degraded_performance, ComponentStatus::under_maintenance}) {
    const auto affected = tally(view, status);
    if (!affected.names.empty()) {
      return fmt::format("{} affecting {}", words_of_trouble(status), affected_words(affected));
    }
  }
  const bool open = std::ranges::any_of(
      view.incidents, [](const auto& shown) { return shown.incident->is_open(); });
  if (open) return "All systems have recovered and are being watched";
  const bool any_known = std::ranges::any_of(view.components, &ComponentView::known);
  return any_known ? "All systems are operational" : "Waiting for the first results";
}

}  // namespace vedette::web
