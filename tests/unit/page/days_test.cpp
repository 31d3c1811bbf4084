// SPDX-License-Identifier: Apache-2.0
#include "agent/page/days.h"

#include <gmock/gmock.h>

#include "agent/page/badge.h"
#include "agent/page/days_bar.h"
#include "agent/page/page.h"
#include "tests/unit/page/sample_state.h"

namespace vedette::page {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using uptime::Condition;

// Now is 12:00 on the 90th day; the component is known since the 31st day at midnight.
class DaysTest : public testing::Test {
 protected:
  static constexpr uptime::Day today{std::chrono::year{2026} / 11 / 8};
  const Instant now_ = Instant(today) + 12h;

  DaysTest() {
    site_.components = {{"mail", "Mail", "", "", {}}};
    history_.began = Instant(today - std::chrono::days(59));
    history_.stretches = {{*history_.began, Condition::operational}};
  }
  void fail(Condition condition, Instant from, Instant to) {
    history_.stretches.push_back({from, condition});
    history_.stretches.push_back({to, Condition::operational});
  }
  View view() {
    snapshot_.histories["mail"] = history_;
    snapshot_.heard_of = {"mail"};
    return make_view(site_, snapshot_, now_);
  }
  std::string bar() {
    const auto shown = view();
    Html html;
    write_days_bar(html, shown, shown.components[0], last_days(shown, shown.components[0]));
    return html.take();
  }
  Figures shares() {
    const auto shown = view();
    return figures(shown, shown.components[0], last_days(shown, shown.components[0]));
  }

  Site site_ = sample_site();
  store::Snapshot snapshot_;
  uptime::History history_;
};

TEST_F(DaysTest, AreNinetyAndEndToday) {
  const auto shown = view();
  const auto days = last_days(shown, shown.components[0]);
  ASSERT_THAT(days, SizeIs(90));
  EXPECT_EQ(days.back().day, today);
  EXPECT_EQ(days.back().spent.total(), 12h);
  EXPECT_EQ(days[30].spent.total(), 24h);
  EXPECT_EQ(days[29].spent.total(), 0h);
}

TEST_F(DaysTest, CalmDaysAreOneStrokeAndDaysBeforeTheBeginningAnother) {
  const auto drawn = bar();
  EXPECT_THAT(drawn, HasSubstr(R"(<path class="none" stroke-width="4" d="M0.14 22H29.86"/>)"));
  EXPECT_THAT(drawn, HasSubstr(R"(<path class="good" stroke-width="24" d="M30.14 12H89.86"/>)"));
  EXPECT_THAT(drawn, HasSubstr("role=\"img\""));
  EXPECT_THAT(drawn, HasSubstr("Last 90 days: 100 % up, no trouble recorded"));
  EXPECT_THAT(drawn, Not(HasSubstr("<a ")));
}

TEST_F(DaysTest, ADayWithTroubleIsALinkThatTellsIt) {
  fail(Condition::major_outage, Instant(today) - 3h, Instant(today) - 2h);
  snapshot_.outlines = {{"abc",
                         "Mail: <major> outage",
                         incident::Impact::critical,
                         Instant(today) - 3h,
                         Instant(today) - 2h,
                         {"mail"}}};
  const auto drawn = bar();
  EXPECT_THAT(drawn, HasSubstr("href=\"/components/mail#2026-11-07\""));
  EXPECT_THAT(drawn, HasSubstr("<title>7 November 2026\nMajor outage for 1 hour\n"
                               "Mail: &lt;major&gt; outage</title>"));
  EXPECT_THAT(drawn, HasSubstr("<g class=\"critical\"><rect x=\"88.14\""));
  EXPECT_THAT(drawn, HasSubstr("trouble on 1 day\""));
}

TEST_F(DaysTest, ADayOnWhichNobodyLookedMuchIsLower) {
  snapshot_.gaps = {{Instant(today) - 40h, Instant(today) - 24h}};
  EXPECT_THAT(bar(), HasSubstr(R"(<path class="quiet" stroke-width="12" d="M87.14 18H87.86"/>)"))
      << bar();
}

TEST_F(DaysTest, FiguresLeaveOutWhatIsUnknown) {
  fail(Condition::major_outage, now_ - 6h, now_ - 3h);
  snapshot_.gaps = {{now_ - 20h, now_ - 8h}};
  EXPECT_NEAR(*shares().hours_24, 1 - 3.0 / 12, 1e-9);
  EXPECT_NEAR(*shares().days_7, 1 - 3.0 / (6 * 24 + 12 - 12), 1e-9);
  EXPECT_GT(*shares().days_90, *shares().days_30);
}

TEST_F(DaysTest, WithoutAHistoryThereIsNothingToTell) {
  site_.components = {{"other", "Other", "", "", {}}};
  EXPECT_EQ(shares().days_90, std::nullopt);
  EXPECT_THAT(bar(), HasSubstr("nothing recorded yet"));
}

TEST_F(DaysTest, TheBadgeTellsStateAndUptime) {
  fail(Condition::major_outage, now_ - 6h, now_ - 3h);
  const auto shown = view();
  const auto svg = badge_svg(shown, shown.components[0]);
  EXPECT_THAT(svg, HasSubstr("aria-label=\"Mail: Operational · 99.78 %\""));
  EXPECT_THAT(svg, HasSubstr("#1a7f4b"));
}

TEST_F(DaysTest, ThePageOfAComponentListsItsDaysAndItsChecks) {
  static const ProbeType type{"http", nullptr, {}, {}};
  fail(Condition::partial_outage, Instant(today) - 3h, Instant(today) - 2h);
  const auto check = std::make_shared<metrics::CheckSeries>(
      metrics::CheckLabels{"mail-login", "mail", "eu-west", "http"}, type);
  const auto other = std::make_shared<metrics::CheckSeries>(
      metrics::CheckLabels{"other", "login", "eu-west", "http"}, type);
  Result result;
  result.outcome = Outcome::pass;
  result.started_at = now_ - 2min;
  result.duration = 20ms;
  check->record(result);
  const auto page_of = [&] {
    const auto shown = view();
    return component_page(shown, shown.components[0], {check, other});
  };
  EXPECT_THAT(page_of(), HasSubstr("<li id=\"2026-11-07\">"));
  EXPECT_THAT(page_of(), HasSubstr("Partial outage for 1 hour"));
  EXPECT_THAT(page_of(), HasSubstr("HTTP from eu-west"));
  EXPECT_THAT(page_of(), HasSubstr("Typically 20 ms, at most 20 ms; 1 of 1 runs passed"));
  EXPECT_THAT(page_of(), Not(HasSubstr("mail-login")));
  site_.brand.check_names = true;
  EXPECT_THAT(page_of(), HasSubstr("mail-login from eu-west"));
  EXPECT_THAT(page_of(), Not(HasSubstr("other")));
}

TEST_F(DaysTest, ChecksOfOneKindAreNumberedAndVariantsNamed) {
  static const ProbeType http{"http", nullptr, {}, {}}, flow{"flow", nullptr, {}, {}};
  const auto check = [](const std::string& name, const ProbeType& type, const char* variant) {
    metrics::CheckLabels labels{name, "mail", "eu-west", std::string(type.name)};
    labels.variant = variant;
    return std::make_shared<metrics::CheckSeries>(labels, type);
  };
  const auto shown = view();
  const auto page =
      component_page(shown, shown.components[0],
                     {check("a", http, ""), check("b", http, ""), check("pay", flow, "visa")});
  for (const auto* name :
       {"HTTP 1 from eu-west", "HTTP 2 from eu-west", "Flow visa from eu-west"}) {
    EXPECT_THAT(page, HasSubstr(name));
  }
}

}  // namespace
}  // namespace vedette::page
