// SPDX-License-Identifier: Apache-2.0
#include "agent/page/view.h"

#include <gtest/gtest.h>

#include "agent/page/public_id.h"
#include "agent/page/words.h"
#include "tests/unit/page/sample_state.h"

namespace vedette::page {
namespace {

TEST(PublicId, IsStableAndOfTwelveCharacters) {
  const auto id = public_id("component", "login");
  EXPECT_EQ(id, public_id("component", "login"));
  EXPECT_NE(id, public_id("group", "login"));
  EXPECT_NE(id, public_id("component", "logio"));
  EXPECT_EQ(id.size(), 12U);
  EXPECT_EQ(id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789"), std::string::npos);
}

TEST(View, AGroupStandsRightBeforeItsChildren) {
  const auto site = sample_site();
  const auto snapshot = sample_snapshot();
  const auto view = make_view(site, snapshot, at(100));
  std::vector<std::string> names;
  std::vector<int> positions;
  for (const auto& component : view.components) {
    names.push_back(component.name);
    positions.push_back(component.position);
  }
  EXPECT_EQ(names, (std::vector<std::string>{"Portal", "Sign in", "Search", "Mail"}));
  EXPECT_EQ(positions, (std::vector<int>{1, 1, 2, 2}));
  EXPECT_EQ(view.components[0].children,
            (std::vector{public_id("component", "login"), public_id("component", "search")}));
}

TEST(View, AGroupIsAsBadAsItsWorstChild) {
  const auto site = sample_site();
  const auto snapshot = sample_snapshot();
  EXPECT_EQ(make_view(site, snapshot, at(100)).components[0].status, ComponentStatus::major_outage);
}

TEST(View, WhatNoCheckHasSpokenOfIsOperationalButNotKnown) {
  const auto site = sample_site();
  const auto snapshot = sample_snapshot();
  const auto view = make_view(site, snapshot, at(100));
  EXPECT_TRUE(view.component("search")->known);
  EXPECT_FALSE(view.component("mail")->known);
  EXPECT_EQ(view.component("mail")->status, ComponentStatus::operational);
  EXPECT_EQ(view.component("mail")->created, site.loaded);
}

TEST(View, ShowsOnlyPublicUpdatesNewestFirst) {
  const auto site = sample_site();
  const auto snapshot = sample_snapshot();
  const auto view = make_view(site, snapshot, at(100));
  ASSERT_EQ(view.incidents.size(), 2U);
  ASSERT_EQ(view.incidents[0].updates.size(), 2U);
  EXPECT_EQ(view.incidents[0].updates[0]->sequence, 3);
  EXPECT_EQ(view.incidents[0].updates[1]->sequence, 1);
  EXPECT_EQ(view.updated, at(65));
}

TEST(View, AnIncidentWithoutAPublicUpdateIsNotShown) {
  const auto site = sample_site();
  auto snapshot = sample_snapshot();
  for (auto& update : snapshot.incidents[0].updates) update.is_public = false;
  const auto view = make_view(site, snapshot, at(100));
  ASSERT_EQ(view.incidents.size(), 1U);
  EXPECT_EQ(view.incidents[0].incident->id, "past00000001");
}

TEST(View, AComponentThatIsNotConfiguredIsNotFound) {
  const auto site = sample_site();
  const auto snapshot = sample_snapshot();
  EXPECT_EQ(make_view(site, snapshot, at(100)).component("gone"), nullptr);
}

std::string headline_of(const store::Snapshot& snapshot) {
  const auto site = sample_site();
  return headline(make_view(site, snapshot, at(100)));
}

TEST(Headline, SaysWhatIsAffectedByTheWorstTrouble) {
  auto snapshot = calm_snapshot();
  EXPECT_EQ(headline_of(snapshot), "All systems are operational");
  snapshot.components = {{"mail", ComponentStatus::degraded_performance, at(0), at(0)}};
  EXPECT_EQ(headline_of(snapshot), "Degraded performance affecting Mail");
  snapshot.components.push_back({"login", ComponentStatus::major_outage, at(0), at(0)});
  EXPECT_EQ(headline_of(snapshot), "Major outage affecting Sign in");
  snapshot.components[0].status = ComponentStatus::major_outage;
  EXPECT_EQ(headline_of(snapshot), "Major outage affecting Sign in and Mail");
  snapshot.components.push_back({"search", ComponentStatus::major_outage, at(0), at(0)});
  EXPECT_EQ(headline_of(snapshot), "Major outage affecting all systems");
}

TEST(Headline, SaysWhenNothingIsKnownYet) {
  EXPECT_EQ(headline_of({}), "Waiting for the first results");
}

TEST(Headline, SaysWhenARecoveryIsBeingWatched) {
  auto snapshot = calm_snapshot();
  snapshot.incidents = {open_incident()};
  EXPECT_EQ(headline_of(snapshot), "All systems have recovered and are being watched");
}

TEST(Words, DurationsHaveTwoUnitsAtMost) {
  const brand::Strings strings;
  using namespace std::chrono_literals;
  EXPECT_EQ(duration_words(strings, 59s), "less than a minute");
  EXPECT_EQ(duration_words(strings, 60s), "1 minute");
  EXPECT_EQ(duration_words(strings, 59min + 59s), "59 minutes");
  EXPECT_EQ(duration_words(strings, 1h), "1 hour");
  EXPECT_EQ(duration_words(strings, 2h + 1min), "2 hours 1 minute");
  EXPECT_EQ(duration_words(strings, 24h), "1 day");
  EXPECT_EQ(duration_words(strings, 73h + 59min), "3 days 1 hour");
}

TEST(Words, DatesAreInUtc) {
  EXPECT_EQ(time_words(brand::Brand(), at(65)), "8 Nov 2026, 10:01:05 UTC");
}

}  // namespace
}  // namespace vedette::page
