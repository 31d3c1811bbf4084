// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "agent/page/clean.h"
#include "agent/page/feeds.h"
#include "agent/page/markdown.h"
#include "agent/page/page.h"
#include "agent/page/statuspage_json.h"
#include "agent/page/stylesheet.h"
#include "agent/page/words.h"
#include "tests/unit/page/sample_state.h"

namespace vedette::page {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

TEST(Clean, LeavesValidTextAsItIs) {
  for (const auto* text : {"", "plain", "tab\tand\nline", "Ωμέγα – 🔥", "<&>\"'"}) {
    EXPECT_EQ(clean(text), text);
  }
}

TEST(Clean, ReplacesWhatXmlDoesNotKnow) {
  EXPECT_EQ(clean("a\x01z"), "a\uFFFDz");
  EXPECT_EQ(clean(std::string_view("a\0z", 3)), "a\uFFFDz");
  EXPECT_EQ(clean("\xFF\xC3"), "\uFFFD\uFFFD");
  EXPECT_EQ(clean("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD") << "half a surrogate pair";
  EXPECT_EQ(clean("\xEF\xBF\xBF!"), "\uFFFD!");
}

TEST(Markdown, IsRendered) {
  EXPECT_EQ(markdown_to_html("Hello *you*"), "<p>Hello <em>you</em></p>\n");
  EXPECT_EQ(markdown_to_html("# Top"), "<h3>Top</h3>\n");
  EXPECT_EQ(markdown_to_html("#### Four\n\n###### Six"), "<h3>Four</h3>\n<h5>Six</h5>\n");
  EXPECT_EQ(markdown_to_html(""), "");
}

TEST(Markdown, BringsNoMarkupOfItsOwn) {
  for (const auto* attack :
       {"<script>x</script>", "<img src=x onerror=y>", "a <b onclick=x>b</b>", "<svg/onload=x>"}) {
    for (const auto* markup : {"<script", "<img", "<b", "<svg"}) {
      EXPECT_THAT(markdown_to_html(attack), Not(HasSubstr(markup))) << attack;
    }
  }
}

TEST(Markdown, LinksLeadToWebAndMailOnly) {
  EXPECT_THAT(markdown_to_html("[a](https://example.com)"),
              HasSubstr("href=\"https://example.com\""));
  EXPECT_THAT(markdown_to_html("[a](mailto:a@example.com)"), HasSubstr("href=\"mailto:"));
  for (const auto* attack :
       {"[a](javascript:x)", "[a](JaVaScRiPt:x)", "[a](data:text/html,x)", "[a](vbscript:x)",
        "[a](&#106;avascript:x)", "[a](//evil.example)", "<javascript:x>"}) {
    EXPECT_THAT(markdown_to_html(attack), Not(HasSubstr("href=\"j"))) << attack;
    EXPECT_THAT(markdown_to_html(attack), Not(HasSubstr("href=\"d"))) << attack;
    EXPECT_THAT(markdown_to_html(attack), Not(HasSubstr("href=\"/"))) << attack;
  }
}

TEST(Markdown, APictureOfAnotherSiteBecomesALink) {
  const auto html = markdown_to_html("![a *view*](https://evil.example/x.png)");
  EXPECT_THAT(html, Not(HasSubstr("<img")));
  EXPECT_THAT(html, HasSubstr("<a href=\"https://evil.example/x.png\">a <em>view</em></a>"));
}

TEST(Percent, IsNeverRoundedUp) {
  const Strings strings;
  EXPECT_EQ(percent_words(strings, 1.0), "100 %");
  EXPECT_EQ(percent_words(strings, 0.99999999), "99.99 %");
  EXPECT_EQ(percent_words(strings, 0.9998), "99.98 %");
  EXPECT_EQ(percent_words(strings, 0.5), "50 %");
  EXPECT_EQ(percent_words(strings, 0.0), "0 %");
  EXPECT_EQ(percent_words(strings, std::nullopt), "–");
}

TEST(Lists, TellSoManyNamesAtMost) {
  const Strings strings;
  EXPECT_EQ(list_words(strings, {}, 3), "");
  EXPECT_EQ(list_words(strings, {"A"}, 3), "A");
  EXPECT_EQ(list_words(strings, {"A", "B"}, 3), "A and B");
  EXPECT_EQ(list_words(strings, {"A", "B", "C"}, 3), "A, B and C");
  EXPECT_EQ(list_words(strings, {"A", "B", "C", "D"}, 3), "A, B, C and D");
  EXPECT_EQ(list_words(strings, {"A", "B", "C", "D", "E"}, 3), "A, B, C and 2 more");
}

TEST(Durations, HaveAShortForm) {
  EXPECT_EQ(short_duration(5s), "1\u00a0m");
  EXPECT_EQ(short_duration(19min + 59s), "19\u00a0m");
  EXPECT_EQ(short_duration(2h), "2\u00a0h");
  EXPECT_EQ(short_duration(2h + 5min), "2\u00a0h\u00a05\u00a0m");
  EXPECT_EQ(short_duration(76h), "3\u00a0d\u00a04\u00a0h");
  EXPECT_EQ(latency_words(850us), "850 µs");
  EXPECT_EQ(latency_words(1500us), "1.5 ms");
  EXPECT_EQ(latency_words(12'400us), "12 ms");
  EXPECT_EQ(latency_words(1'440'000us), "1.4 s");
  EXPECT_EQ(latency_words(9'960us), "10 ms");
  EXPECT_EQ(latency_words(19'990us), "20 ms");
  EXPECT_EQ(latency_words(999'700us), "1.0 s");
}

TEST(OwnWords, StandInThePlaceOfOurs) {
  auto site = sample_site();
  site.brand.strings.something_affects = "{components}: {what}";
  site.brand.strings.major_outage = "Ausfall";
  site.brand.zone = *brand::Zone::find("Europe/Berlin");
  const auto snapshot = sample_snapshot();
  const auto view = make_view(site, snapshot, at(100));
  EXPECT_EQ(headline(view), "Sign in: Ausfall");
  EXPECT_THAT(status_page(view, false), HasSubstr("8 Nov 2026, 11:01:05 CET"));
  EXPECT_THAT(status_page(view, false), HasSubstr("datetime=\"2026-11-08T10:01:05.000Z\""));
}

class FeedTest : public testing::Test {
 protected:
  FeedTest() { snapshot_.maintenances = {sample_maintenance()}; }
  std::string rss() { return rss_feed(make_view(site_, snapshot_, at(100))); }
  std::string atom() { return atom_feed(make_view(site_, snapshot_, at(100))); }

  Site site_ = sample_site();
  store::Snapshot snapshot_ = sample_snapshot();
};

TEST_F(FeedTest, BeginWithTheNewestUpdateAsReadersExpect) {
  const std::string body =
      "&lt;p&gt;&lt;small&gt;Nov &lt;var data-var=&#39;date&#39;&gt; 8&lt;/var&gt;, &lt;var "
      "data-var=&#39;time&#39;&gt;10:01&lt;/var&gt; UTC&lt;/small&gt;&lt;br&gt;&lt;strong&gt;"
      "Identified&lt;/strong&gt; - We know why.&lt;/p&gt;";
  EXPECT_THAT(rss(), HasSubstr("<description>" + body));
  EXPECT_THAT(atom(), HasSubstr("<content type=\"html\">" + body));
}

TEST_F(FeedTest, HaveStableIds) {
  EXPECT_EQ(atom(), atom());
  EXPECT_THAT(atom(), HasSubstr("<id>tag:status.example.com,2005:/history</id>"));
  EXPECT_THAT(atom(),
              testing::ContainsRegex("<id>tag:status.example.com,2005:Incident/[0-9]+</id>"));
  EXPECT_THAT(rss(), HasSubstr("<guid>https://status.example.com/incidents/abcdef012345</guid>"));
}

TEST_F(FeedTest, AMaintenanceTellsWhenItEnds) {
  EXPECT_THAT(rss(), HasSubstr("<pubDate>Sun, 08 Nov 2026 12:00:00 +0000</pubDate>"));
  EXPECT_THAT(
      rss(), HasSubstr("<maintenanceEndDate>Sun, 08 Nov 2026 13:00:00 +0000</maintenanceEndDate>"));
  EXPECT_THAT(rss(), HasSubstr("THIS IS A SCHEDULED EVENT Nov  8, 12:00 - Nov  8, 13:00 UTC"));
}

TEST_F(FeedTest, AnUpdateWithoutAChangeIsCalledSo) {
  auto& updates = snapshot_.incidents[0].updates;
  updates.push_back(update(4, at(70), incident::Status::identified, "Still at it."));
  updates.push_back(update(5, at(80), incident::Status::monitoring, "It works."));
  const auto feed = rss();
  EXPECT_THAT(feed, HasSubstr("&lt;strong&gt;Update&lt;/strong&gt; - Still at it."));
  EXPECT_THAT(feed, HasSubstr("&lt;strong&gt;Identified&lt;/strong&gt; - We know why."));
}

TEST_F(FeedTest, HoldTheNewestFifty) {
  snapshot_.incidents.assign(80, past_incident());
  const auto feed = atom();
  std::size_t entries = 0;
  for (auto from = feed.find("<entry>"); from != std::string::npos;
       from = feed.find("<entry>", from + 1)) {
    ++entries;
  }
  EXPECT_EQ(entries, 50U);
}

TEST(MaintenanceJson, HasTheKeysOfAnIncidentAndItsWindow) {
  const auto site = sample_site();
  auto snapshot = calm_snapshot();
  snapshot.maintenances = {sample_maintenance()};
  const auto text = [&](Maintenances which) {
    return maintenances_json(make_view(site, snapshot, at(100)), which);
  };
  EXPECT_THAT(text(Maintenances::all),
              HasSubstr(R"({"id":"maint0000001","name":"New mail server","status":"scheduled",)"
                        R"("created_at":"2026-11-08T07:30:00.000Z","updated_at":)"
                        R"("2026-11-08T07:30:00.000Z","monitoring_at":null,"resolved_at":null,)"
                        R"("impact":"maintenance","shortlink":)"
                        R"("https://status.example.com/incidents/maint0000001",)"
                        R"("started_at":"2026-11-08T12:00:00.000Z","page_id":)"));
  EXPECT_THAT(text(Maintenances::all),
              HasSubstr(R"("scheduled_for":"2026-11-08T12:00:00.000Z",)"
                        R"("scheduled_until":"2026-11-08T13:00:00.000Z"})"));
  EXPECT_THAT(text(Maintenances::upcoming), HasSubstr("maint0000001"));
  EXPECT_THAT(text(Maintenances::active), HasSubstr(R"("scheduled_maintenances":[])"));
  snapshot.maintenances[0].status = incident::MaintenanceStatus::verifying;
  EXPECT_THAT(text(Maintenances::upcoming), HasSubstr(R"("scheduled_maintenances":[])"));
  EXPECT_THAT(text(Maintenances::active), HasSubstr("maint0000001"));
  EXPECT_THAT(summary_json(make_view(site, snapshot, at(100))), HasSubstr("maint0000001"));
  snapshot.maintenances[0].status = incident::MaintenanceStatus::completed;
  EXPECT_THAT(text(Maintenances::all), HasSubstr("maint0000001"));
  EXPECT_THAT(summary_json(make_view(site, snapshot, at(100))), Not(HasSubstr("maint0000001")));
}

TEST(History, LeadsToOlderAndNewerMonths) {
  const auto site = sample_site();
  const auto snapshot = sample_snapshot();
  const auto view = make_view(site, snapshot, at(100));
  const auto october = std::chrono::year{2026} / std::chrono::October;
  store::Chapter chapter{{past_incident()}, 120, at(0) - std::chrono::days(300)};
  const auto page = history_page(view, {october, 2}, chapter);
  EXPECT_THAT(page, HasSubstr("<h1>Incidents of October 2026</h1>"));
  EXPECT_THAT(page, HasSubstr("href=\"/history/2026-11\""));
  EXPECT_THAT(page, HasSubstr("href=\"/history/2026-09\""));
  EXPECT_THAT(page, HasSubstr("href=\"/history/2026-10/3\""));
  EXPECT_THAT(page, HasSubstr("href=\"/history/2026-10/2\" aria-current=\"page\""));
  EXPECT_THAT(page, HasSubstr("Mail: degraded performance"));
  const auto present = history_page(view, {month_of(at(0))}, {{}, 0, std::nullopt});
  EXPECT_THAT(present, HasSubstr("No incidents in this month."));
  EXPECT_THAT(present, Not(HasSubstr("rel=\"next\"")));
  EXPECT_THAT(present, Not(HasSubstr("rel=\"prev\"")));
}

TEST(History, APlaceHasItsKeyAndItsAddress) {
  const HistoryPlace place{std::chrono::year{2026} / std::chrono::February, 3};
  EXPECT_EQ(history_url(place), "/history/2026-02/3");
  const auto key = chapter_key(place);
  EXPECT_EQ(key.to - key.from, 28 * 24h);
  EXPECT_EQ(key.skip, 100U);
}

TEST(Stylesheet, HasTheAccentOfTheSiteAndAnAddressOfItsOwn) {
  brand::Brand brand;
  const auto usual = stylesheet_url(brand);
  brand.accent = {0xff, 0xee, 0};
  EXPECT_NE(stylesheet_url(brand), usual);
  EXPECT_THAT(stylesheet(brand), HasSubstr("{ --accent: #ffee00; }")) << "on dark as it is";
}

}  // namespace
}  // namespace vedette::page
