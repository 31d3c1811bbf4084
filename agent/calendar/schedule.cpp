// SPDX-License-Identifier: Apache-2.0
#include "agent/calendar/schedule.h"

#include <algorithm>

namespace vedette::calendar {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::weekday;
using std::chrono::year_month_day;

sys_days monday_of(sys_days day) {
  return day - (weekday(day) - std::chrono::Monday);
}

bool is_on(const Repeat& repeat, sys_days first, sys_days day) {
  if (repeat.on.empty()) return weekday(day) == weekday(first);
  return std::ranges::find(repeat.on, weekday(day)) != repeat.on.end();
}

bool is_nth(const Repeat& repeat, year_month_day date) {
  if (!is_on(repeat, sys_days(date), sys_days(date))) return false;
  const auto number = (static_cast<int>(static_cast<unsigned>(date.day())) - 1) / 7 + 1;
  if (repeat.nth > 0) return number == repeat.nth;
  return year_month_day(sys_days(date) + days(7)).month() != date.month();
}

bool begins_on(const Schedule& schedule, sys_days day) {
  const sys_days first(schedule.date);
  const Repeat& repeat = schedule.repeat;
  const year_month_day date(day);
  switch (repeat.every) {
    case Every::once:
      return day == first;
    case Every::day:
      return (day - first).count() % repeat.interval == 0;
    case Every::week:
      return is_on(repeat, first, day) &&
             (monday_of(day) - monday_of(first)).count() / 7 % repeat.interval == 0;
    case Every::month:
      break;
  }
  const auto months = (date.year() / date.month()) - (schedule.date.year() / schedule.date.month());
  if (months.count() % repeat.interval != 0) return false;
  return repeat.nth == 0 ? date.day() == schedule.date.day() : is_nth(repeat, date);
}

sys_days last_day(const Schedule& schedule, Instant to) {
  const sys_days first(schedule.date);
  if (schedule.repeat.every == Every::once) return first;
  const sys_days last = std::chrono::floor<days>(to) + days(1);  // it may be tomorrow there
  return schedule.repeat.until ? std::min(last, sys_days(*schedule.repeat.until)) : last;
}

}  // namespace

std::vector<Window> windows(const Schedule& schedule, Instant from, Instant to, std::size_t most) {
  std::vector<Window> found;
  int count = 0;
  Instant ended{Duration::min()};
  for (sys_days day(schedule.date); day <= last_day(schedule, to); day += days(1)) {
    if (!begins_on(schedule, day)) continue;
    if (schedule.repeat.count > 0 && ++count > schedule.repeat.count) break;
    const Instant begin = schedule.zone.instant(year_month_day(day), schedule.time);
    const Window window{std::max(begin, ended), begin + schedule.length};
    if (window.end <= window.begin) continue;
    ended = window.end;
    if (ended > from && window.begin < to && found.size() < most) found.push_back(window);
  }
  return found;
}

}  // namespace vedette::calendar
