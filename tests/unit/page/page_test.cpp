// SPDX-License-Identifier: Apache-2.0
#include "agent/page/page.h"

#include <gmock/gmock.h>

#include "agent/page/public_id.h"
#include "tests/unit/page/sample_state.h"

namespace vedette::page {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string page_of(const Site& site, const store::Snapshot& snapshot, bool out_of_date = false) {
  return status_page(make_view(site, snapshot, at(100)), out_of_date);
}

std::string incident_page_of(const store::Snapshot& snapshot) {
  const auto site = sample_site();
  const auto view = make_view(site, snapshot, at(100));
  return incident_page(view, view.incidents.front());
}

TEST(StatusPage, BeginsWithTheStateInOneSentence) {
  EXPECT_THAT(page_of(sample_site(), sample_snapshot()),
              HasSubstr("<h1>Major outage affecting Sign in</h1>"));
}

TEST(StatusPage, ShowsOpenIncidentsWithTheirNewestUpdate) {
  const auto page = page_of(sample_site(), sample_snapshot());
  EXPECT_THAT(page, HasSubstr("<a href=\"/incidents/abcdef012345\">Sign in: major outage</a>"));
  EXPECT_THAT(page, HasSubstr("<p>We know why.</p>"));
  EXPECT_THAT(page, Not(HasSubstr("Sign in is down.")));
}

TEST(StatusPage, WithoutAnOpenIncidentHasNoSuchHeading) {
  EXPECT_THAT(page_of(sample_site(), calm_snapshot()), Not(HasSubstr("Open incidents")));
  EXPECT_THAT(page_of(sample_site(), calm_snapshot()),
              HasSubstr("No incidents in the last 14 days."));
}

TEST(StatusPage, ListsWhatIsOverForFourteenDays) {
  const auto site = sample_site();
  const auto snapshot = sample_snapshot();
  using std::chrono::days;
  const auto listed = [&](Instant now) {
    return status_page(make_view(site, snapshot, now), false);
  };
  EXPECT_THAT(listed(at(0) + days(13)), HasSubstr("Mail: degraded performance"));
  EXPECT_THAT(listed(at(0) + days(15)), Not(HasSubstr("Mail: degraded performance")));
}

TEST(StatusPage, ShowsMaintenancesThatAreAheadAndNoOthers) {
  auto snapshot = calm_snapshot();
  snapshot.maintenances = {sample_maintenance()};
  const auto page = page_of(sample_site(), snapshot);
  EXPECT_THAT(page, HasSubstr("Scheduled maintenance"));
  EXPECT_THAT(page, HasSubstr("New mail server"));
  EXPECT_THAT(page, HasSubstr("Affecting Mail"));
  snapshot.maintenances[0].status = incident::MaintenanceStatus::completed;
  EXPECT_THAT(page_of(sample_site(), snapshot), Not(HasSubstr("New mail server")));
}

TEST(StatusPage, WhatIsLostFromSightIsUnknownAndNotOperational) {
  auto snapshot = calm_snapshot();
  EXPECT_THAT(page_of(sample_site(), snapshot), Not(HasSubstr(">Unknown<")));
  snapshot.histories["mail"].stretches = {{at(0), uptime::Condition::unknown}};
  EXPECT_THAT(page_of(sample_site(), snapshot), HasSubstr(">Unknown<"));
}

TEST(StatusPage, ShowsWhatEachRegionSeesWhereThereAreSeveral) {
  auto snapshot = calm_snapshot();
  snapshot.sightings = {{"mail", "eu-west", ComponentStatus::operational}};
  EXPECT_THAT(page_of(sample_site(), snapshot), Not(HasSubstr("eu-west")));
  snapshot.sightings.push_back({"mail", "us-east", ComponentStatus::major_outage});
  snapshot.sightings.push_back({"login", "us-east", std::nullopt});
  const auto page = page_of(sample_site(), snapshot);
  EXPECT_THAT(page, HasSubstr("<th scope=\"col\">us-east</th>"));
  EXPECT_THAT(page, HasSubstr("<span class=\"unseen\">Major outage</span>"));
  EXPECT_THAT(page, HasSubstr("<span class=\"unseen\">Unknown</span>"));
}

TEST(StatusPage, GroupsWithoutTroubleBeginFoldedWhereThereAreVeryMany) {
  auto site = sample_site();
  for (int i = 0; i < 50; ++i) {
    site.components.push_back({"c" + std::to_string(i), "C", "Many", "", {}});
  }
  const auto page = page_of(site, sample_snapshot());
  EXPECT_THAT(page, HasSubstr("id=\"g-" + public_id("group", "Portal") + "\" open>"));
  EXPECT_THAT(page, HasSubstr("id=\"g-" + public_id("group", "Many") + "\"><summary>"));
}

TEST(StatusPage, ShowsPastIncidentsWithTheirLength) {
  EXPECT_THAT(page_of(sample_site(), sample_snapshot()), HasSubstr(", lasted 32 minutes"));
}

TEST(StatusPage, SaysWhereThereIsNoDataYet) {
  const auto page = page_of(sample_site(), sample_snapshot());
  EXPECT_THAT(page, HasSubstr("No data yet"));
  EXPECT_THAT(page_of(sample_site(), calm_snapshot()), Not(HasSubstr("No data yet")));
}

TEST(StatusPage, SaysWhenItMayBeOutOfDate) {
  EXPECT_THAT(page_of(sample_site(), calm_snapshot(), true), HasSubstr("class=\"notice\""));
  EXPECT_THAT(page_of(sample_site(), calm_snapshot(), false), Not(HasSubstr("class=\"notice\"")));
}

TEST(StatusPage, NeverShowsWhatIsInternal) {
  for (const auto& page :
       {page_of(sample_site(), sample_snapshot()), incident_page_of(sample_snapshot())}) {
    EXPECT_THAT(page, Not(HasSubstr("status was 502")));
    EXPECT_THAT(page, Not(HasSubstr("portal-login")));
  }
}

TEST(StatusPage, EverythingFromOutsideIsEscaped) {
  const std::string attack = "<script>\"'&";
  auto site = sample_site();
  site.brand.name = attack;
  for (auto& component : site.components)
    component.name = component.group = component.description = attack;
  auto snapshot = sample_snapshot();
  for (auto& incident : snapshot.incidents) {
    incident.id = incident.title = attack;
    for (auto& update : incident.updates) {
      update.text = attack;
      for (auto& affected : update.affected) affected.name = attack;
    }
  }
  const auto view = make_view(site, snapshot, at(100));
  for (const auto& page :
       {status_page(view, true), incident_page(view, view.incidents[0]), not_found_page(site)}) {
    EXPECT_THAT(page, Not(HasSubstr("<script>")));
    EXPECT_THAT(page, Not(HasSubstr("\"'&")));
    EXPECT_THAT(page, HasSubstr("&lt;script&gt;&quot;"));
  }
}

TEST(StatusPage, NeedsNoInlineStyleOrScript) {
  const auto page = page_of(sample_site(), sample_snapshot());
  EXPECT_THAT(page, Not(HasSubstr("<style")));
  EXPECT_THAT(page, Not(HasSubstr(" style=")));
  EXPECT_THAT(page, Not(HasSubstr(" onclick")));
}

TEST(IncidentPage, TellsTheTimelineNewestFirst) {
  const auto page = incident_page_of(sample_snapshot());
  const auto newer = page.find("We know why."), older = page.find("Sign in is down.");
  ASSERT_NE(newer, std::string::npos);
  ASSERT_NE(older, std::string::npos);
  EXPECT_LT(newer, older);
  EXPECT_THAT(page, HasSubstr("Sign in: Major outage"));
}

TEST(IncidentPage, KeepsTheFiveInstantsApart) {
  auto snapshot = sample_snapshot();
  snapshot.incidents = {past_incident()};
  const auto page = incident_page_of(snapshot);
  for (const auto* step : {"Impact began", "Detected", "Published", "Recovered", "Resolved"}) {
    EXPECT_THAT(page, HasSubstr(std::string("<span class=\"step\">") + step + "</span>"));
  }
  EXPECT_THAT(page, HasSubstr("<span class=\"after\">+10 s</span>"));
  EXPECT_THAT(page, HasSubstr("<span class=\"after\">+32\u00a0m</span>"));
  EXPECT_THAT(incident_page_of(sample_snapshot()),
              Not(HasSubstr("<span class=\"step\">Resolved</span>")));
}

TEST(IncidentPage, SummarisesInOneSentence) {
  auto snapshot = sample_snapshot();
  EXPECT_THAT(incident_page_of(snapshot),
              HasSubstr("Shop has a critical incident since 8 November 2026 affecting Sign in."));
  auto& incident = snapshot.incidents[0];
  incident.resolved = at(19 * 60 + 59);
  for (const auto* name : {"A", "B", "C", "D"}) {
    incident.components.push_back({name, name, ComponentStatus::operational, at(0), {}});
  }
  EXPECT_THAT(
      incident_page_of(snapshot),
      HasSubstr("Shop had a critical incident on 8 November 2026 affecting Sign in, A and 3 "
                "more components, lasting 19\u00a0m."));
}

TEST(IncidentPage, SaysHowItWasDetectedWithoutTheNameOfACheckOrAPerson) {
  auto snapshot = sample_snapshot();
  EXPECT_THAT(incident_page_of(snapshot), HasSubstr("automatic check in eu-west"));
  snapshot.incidents[0].detected_by = "Jane Doe";
  EXPECT_THAT(incident_page_of(snapshot), HasSubstr("a person"));
  EXPECT_THAT(incident_page_of(snapshot), Not(HasSubstr("Jane")));
  snapshot.incidents[0].detected_by = "";
  EXPECT_THAT(incident_page_of(snapshot), Not(HasSubstr("Detected by")));
}

TEST(IncidentPage, APostmortemIsMarkdownAndNothingElseIs) {
  auto snapshot = sample_snapshot();
  auto& updates = snapshot.incidents[0].updates;
  updates[2].text = "**not bold**";
  updates.push_back(update(4, at(900), incident::Status::postmortem, "It was **us**.\n\n- one"));
  const auto page = incident_page_of(snapshot);
  EXPECT_THAT(page, HasSubstr("<strong>us</strong>"));
  EXPECT_THAT(page, HasSubstr("<li>one</li>"));
  EXPECT_THAT(page, HasSubstr("**not bold**"));
}

TEST(IncidentPage, LineEndsOfATextAreKept) {
  auto snapshot = sample_snapshot();
  snapshot.incidents[0].updates[2].text = "one\ntwo\n\nthree\n";
  EXPECT_THAT(incident_page_of(snapshot), HasSubstr("<p>one<br>two</p><p>three</p>"));
}

}  // namespace
}  // namespace vedette::page
