// SPDX-License-Identifier: Apache-2.0
// What people do in a rehearsal, and what a change makes the checks do.
#include <gmock/gmock.h>

#include "tests/scenario/rehearse.h"

namespace vedette::simulate::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

const std::string outage = one_check + "timeline:\n  - {at: 2m, fails: timeout, for: 3m}\n";

std::vector<std::string> entries_by(const Report& report, const std::string& author) {
  std::vector<std::string> texts;
  for (const Told& told : report.timeline) {
    if (told.update.author == author) texts.push_back(told.update.text);
  }
  return texts;
}

TEST(Deeds, StandInTheTimelineUnderTheNameOfWhoDidThem) {
  const Report report = rehearse(outage + R"(
  - {at: 3m, action: comment, component: login, by: Ann, text: Perhaps the disk}
  - {at: 4m, action: strike, component: login, by: Ann, entry: the disk, text: it is fine}
  - {at: 4m30s, action: title, component: login, by: Ann, title: Nobody can log in}
  - {at: 9m, action: postmortem, component: login, by: Ann, text: We have learned}
)");
  EXPECT_TRUE(report.differences.empty()) << as_text(report);
  const auto entries = entries_by(report, "Ann");
  ASSERT_EQ(entries.size(), 4U) << as_text(report);
  EXPECT_EQ(entries[0], "Perhaps the disk");
  EXPECT_THAT(entries[1], HasSubstr("it is fine"));
  EXPECT_THAT(entries[3], HasSubstr("We have learned"));
  EXPECT_EQ(report.incidents.at(0).title, "Nobody can log in");
}

TEST(Deeds, ThatCannotBeDoneAreDifferences) {
  const Report report = rehearse(outage + R"(
  - {at: 1m, action: acknowledge, component: login}
  - {at: 3m, action: strike, component: login, entry: nobody said that}
  - {at: 3m, action: postmortem, component: login, text: too early}
)");
  ASSERT_EQ(report.differences.size(), 3U);
  EXPECT_THAT(report.differences[0].what, HasSubstr("there is no incident with \"login\" yet"));
  EXPECT_THAT(report.differences[1].what, HasSubstr("no internal entry says"));
  EXPECT_THAT(report.differences[2].what, HasSubstr("scenario.yaml:12:5: cannot be done: "));
}

TEST(Deeds, AreReadStrictly) {
  const auto told = [](const std::string& deed) {
    return simulate_text(outage + "  - {at: 3m, " + deed + "}\n").err;
  };
  EXPECT_THAT(told("action: coment, component: login, text: a"), HasSubstr("mean \"comment\"?"));
  EXPECT_THAT(told("action: comment, component: login"), HasSubstr("text"));
  EXPECT_THAT(told("action: comment, component: logn, text: a"), HasSubstr("mean \"login\"?"));
  EXPECT_THAT(told("action: status, component: login, status: fine"),
              HasSubstr("\"fine\" is no status"));
}

// A check that runs once an hour looks at once when something was done to what it watches.
std::string hourly(const std::string& after_change) {
  return R"(
for: 3h
components: [{id: database, name: Database}, {id: login, name: Login, depends_on: [database]}]
checks: [{name: login-page, component: login, every: 1h, after_change: )" +
         after_change + "}]\n";
}

TEST(Changes, MakeTheChecksOfWhatDependsOnThemHurry) {
  const Report report = rehearse(hourly("{every: 5s, for: 1m}") + R"(
timeline:
  - {at: 1h30m, change: Deploy 42, component: database}
  - {at: 1h30m, fails: connect_refused, for: 30s}
)");
  ASSERT_EQ(report.incidents.size(), 1U);
  EXPECT_LT(report.incidents[0].opened - report.start, 1h + 30min + 10s);
  EXPECT_EQ(report.runs, 3U + 13U) << "the one that confirms is one of them";
}

TEST(Changes, DoNotHurryACheckThatMustNot) {
  const Report report =
      rehearse(hourly("none") + "timeline: [{at: 1h30m, change: Deploy 42, component: login}]\n");
  EXPECT_EQ(report.runs, 3U);
}

TEST(Changes, AndMaintenancesMakeThemHurry) {
  const Report report = rehearse(hourly("{every: 1m, for: 0s}") + R"(
timeline:
  - {at: 1h20m, maintenance: New disks, component: database, for: 20m}
)");
  EXPECT_EQ(report.runs, 3U + 2U) << "when it begins, and when it ends";
}

}  // namespace
}  // namespace vedette::simulate::test
