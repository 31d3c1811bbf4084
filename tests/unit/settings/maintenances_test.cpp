// SPDX-License-Identifier: Apache-2.0
#include "agent/settings/maintenances.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "agent/settings/settings.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/settings/fake_types.h"

namespace vedette::settings {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::SizeIs;

struct Loaded {
  std::shared_ptr<const Settings> settings;
  std::string problems;
};

Loaded load_with(const std::string& maintenance) {
  const test::TempDir folder;
  config::Problems problems;
  const auto path = folder.write("vedette.yaml", R"(
components: [{id: shop, name: Shop}, {id: mail, name: Mail}]
checks: [{name: front, component: shop, http: {url: "http://127.0.0.1/"}}]
maintenances:
  - )" + maintenance + "\n");
  auto settings = load(path, fake_types(), problems);
  return {std::move(settings), problems.text()};
}

Instant utc(std::chrono::year_month_day date, std::chrono::minutes time = {}) {
  return Instant(std::chrono::sys_days(date).time_since_epoch() + time);
}

TEST(Maintenances, GivenInOneZoneAreToldInUtc) {
  const auto loaded = load_with(
      "{name: mail-move, title: Moving the mail server, components: [mail], "
      "at: \"2026-06-20 20:00\", zone: America/New_York, for: 2h}");
  ASSERT_TRUE(loaded.settings) << loaded.problems;
  const auto all = occurrences(loaded.settings->maintenances, utc(2026y / 6 / 15));
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].scheduled_for, utc(2026y / 6 / 21));
  EXPECT_EQ(all[0].updates[0].text,
            "Maintenance of Mail is planned from 21 June 2026, 00:00:00 UTC to 02:00:00 UTC "
            "(2 hours).");
}

TEST(Maintenances, ThatRepeatAreAnnouncedForTheNextTwoWeeksWithTheSameIdsEveryTime) {
  const auto loaded = load_with(
      "{name: weekly, title: Weekly work, components: shop, at: \"2026-01-04 02:00\", for: 1h, "
      "repeat: {every: week, on: [sunday, wednesday]}}");
  ASSERT_TRUE(loaded.settings) << loaded.problems;
  const auto now = utc(2026y / 11 / 1, 12h);
  const auto all = occurrences(loaded.settings->maintenances, now);
  ASSERT_THAT(all, SizeIs(4));
  EXPECT_EQ(occurrences(loaded.settings->maintenances, now + 1h).at(0).id, all[0].id);
  EXPECT_NE(all[0].id, all[1].id);
}

TEST(Maintenances, ThatWereChangedInTheConfigurationAreOthers) {
  const auto first = [](const std::string& rest) {
    const auto loaded = load_with("{name: a, title: A, at: \"2026-02-03 02:00\", " + rest + "}");
    return occurrences(loaded.settings->maintenances, utc(2026y / 2 / 1)).at(0).id;
  };
  const auto id = first("components: shop, for: 1h");
  EXPECT_EQ(first("components: shop, for: 1h, description: Later."), id);
  EXPECT_NE(first("components: shop, for: 2h"), id);
  EXPECT_NE(first("components: [shop, mail], for: 1h"), id);
  EXPECT_NE(first("components: shop, for: 1h, verify_for: 5m"), id);
}

TEST(Maintenances, ThatCannotBeAreTold) {
  const auto problems = [](const std::string& text) { return load_with(text).problems; };
  const std::string good = "{name: a, title: A, components: shop, for: 1h, at: ";
  EXPECT_THAT(problems(good + "tomorrow}"), HasSubstr("\"at\" must be a day and a time as"));
  EXPECT_THAT(problems(good + "\"2026-02-30 02:00\"}"), HasSubstr("\"at\" must be"));
  EXPECT_THAT(problems(good + "\"2026-02-03 02:00\", zone: Europe/Berln}"),
              HasSubstr("there is no time zone \"Europe/Berln\""));
  EXPECT_THAT(problems(good + "\"2026-02-03 02:00\", repeat: {every: week, on: sonday}}"),
              HasSubstr("\"sonday\" is no day of the week; did you mean \"sunday\""));
  EXPECT_THAT(problems(good + "\"2026-02-03 02:00\", repeat: {every: month, nth: last}}"),
              HasSubstr("go together"));
  EXPECT_THAT(problems(good + "\"2026-02-03 02:00\", repeat: {every: day, until: \"2026-02-02\"}}"),
              HasSubstr("it never comes: \"until\" is before its first begin"));
  EXPECT_THAT(problems(good + "\"2026-02-01 02:00\", "
                              "repeat: {every: week, on: saturday, until: \"2026-02-06\"}}"),
              HasSubstr("it never comes"))
      << "1 February 2026 is a Sunday";
  EXPECT_THAT(problems("{name: a, title: A, components: shop, for: 2d, at: \"2026-02-01 02:00\", "
                       "repeat: {every: day}}"),
              HasSubstr("it begins again before it is over"));
  EXPECT_THAT(problems("{name: a, title: A, components: shp, for: 1h, at: \"2026-02-03 02:00\"}"),
              HasSubstr("there is no component \"shp\"; did you mean \"shop\""));
}

}  // namespace
}  // namespace vedette::settings
