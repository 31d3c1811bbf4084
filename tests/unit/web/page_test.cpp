// SPDX-License-Identifier: Apache-2.0
#include "agent/web/page.h"

#include <gmock/gmock.h>

#include "tests/unit/web/sample_state.h"

namespace vedette::web {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string page_of(const Site& site, const store::Snapshot& snapshot, bool out_of_date = false) {
  return status_page(make_view(site, snapshot), out_of_date);
}

std::string incident_page_of(const store::Snapshot& snapshot) {
  const auto site = sample_site();
  const auto view = make_view(site, snapshot);
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
  EXPECT_THAT(page_of(sample_site(), calm_snapshot()), HasSubstr("No incidents so far."));
}

TEST(StatusPage, DoesNotDenyTheOpenIncidentWhenItIsTheFirst) {
  auto snapshot = sample_snapshot();
  snapshot.incidents = {open_incident()};
  const auto page = page_of(sample_site(), snapshot);
  EXPECT_THAT(page, HasSubstr("No earlier incidents."));
  EXPECT_THAT(page, Not(HasSubstr("No incidents so far.")));
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
  EXPECT_THAT(page_of(sample_site(), calm_snapshot(), true), HasSubstr("out of date"));
  EXPECT_THAT(page_of(sample_site(), calm_snapshot(), false), Not(HasSubstr("out of date")));
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
  site.name = attack;
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
  const auto view = make_view(site, snapshot);
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
  for (const auto* fact : {"Impact began", "Detected", "Recovered", "Resolved", "Lasted"}) {
    EXPECT_THAT(page, HasSubstr(std::string("<dt>") + fact + "</dt>"));
  }
  EXPECT_THAT(incident_page_of(sample_snapshot()), Not(HasSubstr("<dt>Resolved</dt>")));
}

TEST(IncidentPage, LineEndsOfATextAreKept) {
  auto snapshot = sample_snapshot();
  snapshot.incidents[0].updates[2].text = "one\ntwo\n\nthree\n";
  EXPECT_THAT(incident_page_of(snapshot), HasSubstr("<p>one<br>two</p><p>three</p>"));
}

}  // namespace
}  // namespace vedette::web
