// SPDX-License-Identifier: Apache-2.0
#include "agent/calendar/schedule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vedette::calendar {
namespace {

using namespace std::chrono_literals;
using std::chrono::year_month_day;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

Instant utc(year_month_day date, std::chrono::minutes time = {}) {
  return Instant(std::chrono::sys_days(date).time_since_epoch() + time);
}

Schedule schedule(const std::string& zone, year_month_day date, std::chrono::minutes time,
                  Repeat repeat = {}) {
  return {date, time, brand::Zone::find(zone).value(), 2h, std::move(repeat)};
}

std::vector<Instant> begins(const Schedule& schedule, Instant from, Instant to) {
  std::vector<Instant> all;
  for (const Window& window : windows(schedule, from, to, 1000)) all.push_back(window.begin);
  return all;
}

const Instant year_begin = utc(2026y / 1 / 1);
const Instant year_end = utc(2027y / 1 / 1);

TEST(Schedule, OneWindowIsThereOnce) {
  const auto once = schedule("UTC", 2026y / 5 / 5, 12h);
  EXPECT_THAT(windows(once, year_begin, year_end, 10),
              ElementsAre(Window{utc(2026y / 5 / 5, 12h), utc(2026y / 5 / 5, 14h)}));
  EXPECT_THAT(windows(once, utc(2026y / 5 / 5, 14h), year_end, 10), IsEmpty());
  EXPECT_THAT(windows(once, utc(2026y / 5 / 5, 13h), year_end, 10), SizeIs(1));
}

TEST(Schedule, KeepsItsTimeOnTheWallThroughSummerTime) {
  Repeat weekly{.every = Every::week, .on = {std::chrono::Sunday}};
  const auto found = begins(schedule("Europe/Berlin", 2026y / 3 / 22, 2h, weekly),
                            utc(2026y / 3 / 20), utc(2026y / 4 / 6));
  EXPECT_THAT(found,
              ElementsAre(utc(2026y / 3 / 22, 1h), utc(2026y / 3 / 29, 1h), utc(2026y / 4 / 5, 0h)))
      << "on 29 March 02:00 does not exist there: the clock as it was before says 01:00 UTC";
}

TEST(Schedule, OfATimeThatComesTwiceItTakesTheFirst) {
  EXPECT_THAT(begins(schedule("America/New_York", 2026y / 11 / 1, 90min), year_begin, year_end),
              ElementsAre(utc(2026y / 11 / 1, 5h + 30min)));
}

TEST(Schedule, KnowsHalfAnHourOfSummerTime) {
  EXPECT_THAT(begins(schedule("Australia/Lord_Howe", 2026y / 1 / 10, 12h), year_begin, year_end),
              ElementsAre(utc(2026y / 1 / 10, 1h)));
}

TEST(Schedule, ComesEverySecondWeekOnItsDays) {
  Repeat repeat{
      .every = Every::week, .interval = 2, .on = {std::chrono::Tuesday, std::chrono::Thursday}};
  EXPECT_THAT(begins(schedule("UTC", 2026y / 9 / 1, 0h, repeat), year_begin, utc(2026y / 9 / 18)),
              ElementsAre(utc(2026y / 9 / 1), utc(2026y / 9 / 3), utc(2026y / 9 / 15),
                          utc(2026y / 9 / 17)));
}

TEST(Schedule, ComesOnTheLastSundayOfTheMonth) {
  Repeat repeat{.every = Every::month, .on = {std::chrono::Sunday}, .nth = -1};
  EXPECT_THAT(begins(schedule("UTC", 2026y / 1 / 1, 0h, repeat), year_begin, utc(2026y / 4 / 1)),
              ElementsAre(utc(2026y / 1 / 25), utc(2026y / 2 / 22), utc(2026y / 3 / 29)));
}

TEST(Schedule, ComesOnTheSecondTuesdayOfTheMonth) {
  Repeat repeat{.every = Every::month, .on = {std::chrono::Tuesday}, .nth = 2};
  EXPECT_THAT(begins(schedule("UTC", 2026y / 1 / 1, 0h, repeat), year_begin, utc(2026y / 3 / 1)),
              ElementsAre(utc(2026y / 1 / 13), utc(2026y / 2 / 10)));
}

TEST(Schedule, LeavesOutMonthsWithoutThatDay) {
  Repeat repeat{.every = Every::month};
  EXPECT_THAT(begins(schedule("UTC", 2026y / 1 / 31, 0h, repeat), year_begin, year_end), SizeIs(7));
}

TEST(Schedule, EndsAfterItsCountOrOnItsLastDay) {
  Repeat counted{.every = Every::day, .count = 3};
  EXPECT_THAT(begins(schedule("UTC", 2026y / 1 / 1, 0h, counted), utc(2026y / 1 / 2), year_end),
              SizeIs(2))
      << "the first one counts, though it is over";
  Repeat until{.every = Every::day, .until = 2026y / 1 / 4};
  EXPECT_THAT(begins(schedule("UTC", 2026y / 1 / 1, 0h, until), year_begin, year_end), SizeIs(4));
}

TEST(Schedule, WholeDaysLeaveNoHoleWhenADayHas23Hours) {
  Schedule daily = schedule("Europe/Berlin", 2026y / 3 / 28, 0h, {.every = Every::day});
  daily.length = 24h;
  EXPECT_THAT(windows(daily, utc(2026y / 3 / 28), utc(2026y / 3 / 30, 12h), 10),
              ElementsAre(Window{utc(2026y / 3 / 27, 23h), utc(2026y / 3 / 28, 23h)},
                          Window{utc(2026y / 3 / 28, 23h), utc(2026y / 3 / 29, 23h)},
                          Window{utc(2026y / 3 / 29, 23h), utc(2026y / 3 / 30, 22h)}));
}

TEST(Schedule, WindowsAreInOrderAndNeverOverlapWhateverTheZone) {
  for (const char* zone :
       {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"}) {
    for (const auto time : {0min, 30min, 90min, 150min, 23h + 59min}) {
      Schedule daily = schedule(zone, 2025y / 1 / 1, time, {.every = Every::day});
      daily.length = 24h;
      const auto all = windows(daily, year_begin, year_end, 1000);
      EXPECT_GE(all.size(), 360U);
      for (std::size_t i = 1; i < all.size(); ++i) EXPECT_GE(all[i].begin, all[i - 1].end);
    }
  }
}

}  // namespace
}  // namespace vedette::calendar
