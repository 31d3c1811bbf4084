// SPDX-License-Identifier: Apache-2.0
// What decide() makes of votes that disagree, cannot see, flap, or are gone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "agent/incident/decide.h"
#include "tests/unit/incident/world.h"

namespace vedette::incident::test {
namespace {

using testing::HasSubstr;
using testing::Not;

ComponentStatus status_of(const Incident& incident, const std::string& component) {
  for (const auto& one : incident.components) {
    if (one.component == component) return one.status;
  }
  return ComponentStatus::under_maintenance;
}

TEST(Decide, OneOfTwoChecksDownIsAPartialOutage) {
  World world;
  world.fails("Login", 0, "eu-west", "page");
  world.passes("Login", 0, "eu-west", "api");
  world.decide_at(5);
  EXPECT_EQ(world.incident().impact, Impact::major);
  EXPECT_EQ(world.told().text,
            "We are investigating a problem with Login. It has been working only in part since"
            " 10:00:00 UTC: the server refused the connection.");
}

TEST(Decide, SomeRegionsDownIsAPartialOutageWithTheRegionsNamed) {
  World world;
  world.fails("Login", 0, "ap");
  world.passes("Login", 0, "eu-west");
  world.passes("Login", 0, "us-east");
  world.decide_at(5);
  EXPECT_EQ(status_of(world.incident(), "login"), ComponentStatus::partial_outage);
  EXPECT_THAT(world.told().text,
              HasSubstr("This is seen from ap, but not from eu-west and us-east."));
}

TEST(Decide, AllRegionsDownIsAMajorOutage) {
  World world;
  world.fails("Login", 0, "ap");
  world.fails("Login", 2, "eu-west");
  world.decide_at(8);
  EXPECT_EQ(status_of(world.incident(), "login"), ComponentStatus::major_outage);
  EXPECT_THAT(world.told().text, HasSubstr("This is seen from all regions (ap and eu-west)."));
}

TEST(Decide, ARegionThatCannotSeeIsNotNamed) {
  World world;
  world.fails("Login", 0, "ap");
  world.passes("Login", 0, "eu-west");
  world.blind("Login", 0, "us-east");
  world.decide_at(8);
  EXPECT_THAT(world.told().text, Not(HasSubstr("us-east")));
}

TEST(Decide, UnknownAloneOpensNothing) {
  World world;
  world.blind("Login", 0);
  EXPECT_FALSE(world.decide_at(5000).has_value());
}

TEST(Decide, FailureThatCannotBeSeenAnyMoreStaysAFailure) {
  World world = failing_login();
  world.blind("Login", 200);
  const auto told = world.told().text;
  ASSERT_TRUE(world.decide_at(5000).has_value()) << "the engineers are told";
  EXPECT_THAT(world.incident().updates.back().text,
              HasSubstr("login-check in eu-west is unknown: agent_blind"));
  EXPECT_EQ(world.told().text, told) << "customers are not";
  EXPECT_FALSE(world.decide_at(5001).has_value());
  EXPECT_EQ(status_of(world.incident(), "login"), ComponentStatus::major_outage);
}

TEST(Decide, WhatPassesDoesNotSpeakForWhatCannotBeSeen) {
  World world;
  world.fails("Login", 0, "eu-west", "page");
  world.passes("Login", 0, "eu-west", "api");
  world.decide_at(5);
  world.blind("Login", 60, "eu-west", "page");
  const auto told = world.told().text;
  world.decide_at(65);
  EXPECT_EQ(world.told().text, told);
  EXPECT_EQ(status_of(world.incident(), "login"), ComponentStatus::partial_outage);
}

TEST(Decide, DoesNotResolveWhileItCannotSee) {
  World world = recovered_login();
  world.blind("Login", 350);
  EXPECT_FALSE(world.decide_at(5000).has_value());
  world.passes("Login", 5000);
  EXPECT_FALSE(world.decide_at(5004).has_value());
  EXPECT_TRUE(world.decide_at(5121).has_value());
  EXPECT_EQ(world.incident().status, Status::resolved);
}

TEST(Decide, AnotherReasonIsToldInternallyAndOnlyOnce) {
  World world = failing_login();
  const auto public_before = world.told().sequence;
  for (int i = 0; i < 10; ++i) {
    const Reason reason = i % 2 == 0 ? Reason::timeout : Reason::connect_refused;
    world.vote("Login", {State::down, 131, 134, reason});
    world.decide_at(200 + 30 * i);
  }
  EXPECT_EQ(world.told().sequence, public_before);
  EXPECT_EQ(world.incident().updates.size(), 3U);
  EXPECT_THAT(world.incident().updates.back().text, HasSubstr("is down: timeout,"));
}

TEST(Decide, LastPublicWordsHoldNoHostCheckOrReasonWord) {
  World world({"Login", "Payments"});
  world.fails("Login", 0);
  world.fails("Payments", 0);
  world.decide_at(5);
  world.passes("Login", 60);
  world.decide_at(65);
  for (const Update& update : world.incident().updates) {
    if (!update.is_public) continue;
    EXPECT_THAT(update.text, Not(HasSubstr("10.1.2.3")));
    EXPECT_THAT(update.text, Not(HasSubstr("login-check")));
    EXPECT_THAT(update.text, Not(HasSubstr("connect_refused")));
    EXPECT_THAT(update.text, Not(HasSubstr("GET")));
  }
}

TEST(Decide, AServerCannotMakeAnotherFailureLookTold) {
  World world;
  world.fails("Login", 0);
  world.situation.votes.front().verdict.evidence =
      "- check login-other in eu-west is down: connect_refused, since ever";
  world.decide_at(5);
  world.fails("Login", 60, "eu-west", "other");
  world.decide_at(65);
  EXPECT_THAT(world.incident().updates.back().text, HasSubstr("- check login-other in eu-west"));
  EXPECT_THAT(world.incident().updates.back().text, HasSubstr("settled"));
}

TEST(Decide, EvidenceOfVeryManyChecksIsBoundedButEachIsNamed) {
  World world;
  for (int i = 0; i < 100; ++i) {
    world.fails("Login", 0, "eu-west", std::to_string(i));
    world.situation.votes.back().verdict.evidence = std::string(2000, 'x');
  }
  world.decide_at(5);
  const std::string& text = world.incident().updates.back().text;
  EXPECT_THAT(text, HasSubstr("    xxx"));
  EXPECT_LT(text.size(), 64U * 1024);
  for (int i = 0; i < 100; ++i) {
    EXPECT_THAT(text, HasSubstr("- check login-" + std::to_string(i) + " in eu-west is down"));
  }
}

TEST(Decide, RemovedComponentIsNoLongerMonitoredWhileTheOthersGoOn) {
  World world({"Login", "Payments"});
  world.fails("Login", 0);
  world.fails("Payments", 0);
  world.decide_at(5);
  world.remove_component("Payments");
  world.decide_at(60);
  EXPECT_EQ(world.told().text, "Payments is no longer monitored.");
  EXPECT_EQ(world.incident().status, Status::investigating);
  EXPECT_FALSE(world.decide_at(61).has_value());
  world.passes("Login", 100);
  world.decide_at(105);
  world.decide_at(300);
  EXPECT_EQ(world.incident().status, Status::resolved);
  EXPECT_THAT(world.told().text, Not(HasSubstr("Payments"))) << "nobody knows how that fares";
}

TEST(Decide, LastFailingComponentRemovedLeadsToMonitoringOfTheRest) {
  World world({"Login", "Payments"});
  world.fails("Login", 0);
  world.fails("Payments", 0);
  world.decide_at(5);
  world.passes("Login", 100);
  world.decide_at(105);
  world.remove_component("Payments");
  world.decide_at(200);
  EXPECT_EQ(world.incident().status, Status::monitoring);
  EXPECT_THAT(world.told().text, HasSubstr("Payments is no longer monitored."));
  world.decide_at(320);
  EXPECT_EQ(world.incident().status, Status::resolved);
}

TEST(Decide, GroupThatIsGoneIsClosed) {
  World world = failing_login();
  world.remove_component("Login");
  world.decide_at(200);
  EXPECT_FALSE(world.incident().is_open());
  EXPECT_EQ(world.told().text, "Login is no longer monitored. This incident is closed.");
  EXPECT_FALSE(world.decide_at(201).has_value());
}

TEST(Decide, ComponentWithoutAnyCheckIsGivenTimeAndThenClosed) {
  World world = failing_login();
  world.situation.votes.clear();
  world.decide_at(200);
  EXPECT_TRUE(world.incident().is_open());
  EXPECT_FALSE(world.incident().updates.back().is_public);
  EXPECT_FALSE(world.decide_at(319).has_value());
  world.decide_at(320);
  EXPECT_FALSE(world.incident().is_open());
  EXPECT_THAT(world.told().text, HasSubstr("no longer monitored"));
}

TEST(Decide, RenamedCheckTakesOverInTime) {
  World world = failing_login();
  world.situation.votes.clear();
  world.decide_at(200);
  world.fails("Login", 210, "eu-west", "renamed");
  world.decide_at(215);
  EXPECT_TRUE(world.incident().is_open());
  EXPECT_FALSE(world.decide_at(5000).has_value());
}

TEST(Decide, FlappingIsToldAFewTimesAndThenHasToLast) {
  World world;
  int public_updates = 0;
  for (int i = 0; i < 60; ++i) {  // a minute down, a minute up, for two hours
    world.fails("Login", 120 * i);
    world.decide_at(120 * i + 5);
    world.passes("Login", 120 * i + 60);
    world.decide_at(120 * i + 65);
  }
  for (const Update& update : world.incident().updates) public_updates += update.is_public;
  EXPECT_TRUE(world.incident().is_open());
  EXPECT_LE(public_updates, 10);
  EXPECT_NE(world.incident().status, Status::monitoring);

  for (int second = 7200; second < 7200 + 3600; second += 10) world.decide_at(second);
  EXPECT_EQ(world.incident().status, Status::resolved) << "it ends once it is steady";
}

TEST(Decide, WhatFailsNowAndThenIsAPartialOutageAndCalledUnstable) {
  World world;
  world.fails("Login", 131);
  world.situation.votes[0].verdict.unstable = true;
  world.situation.votes[0].verdict.message = "9 of the last 34 runs failed";
  world.decide_at(135);
  EXPECT_EQ(world.incident().impact, Impact::major);
  EXPECT_EQ(world.incident().components[0].status, ComponentStatus::partial_outage);
  EXPECT_THAT(world.told().text, HasSubstr("working only in part since 10:02:11 UTC"));
  EXPECT_THAT(world.told().text, HasSubstr(" Login is unstable: it keeps failing and recovering."));
  EXPECT_THAT(world.incident().updates.back().text, HasSubstr("is down, unstable: "));
  EXPECT_THAT(world.incident().updates.back().text, HasSubstr("9 of the last 34 runs failed"));

  world.situation.votes[0].verdict.unstable = false;
  world.decide_at(400);
  EXPECT_EQ(world.incident().impact, Impact::critical) << "now it fails all the time";
  EXPECT_THAT(world.told().text, HasSubstr("has got worse"));
  EXPECT_THAT(world.told().text, Not(HasSubstr("unstable")));
}

TEST(Decide, WhatHasGotWorseHasBeenThatBadOnlySinceTheLastJoinedIn) {
  World world;
  world.passes("Login", 0, "eu-west", "other");
  world.fails("Login", 131);
  world.decide_at(135);
  EXPECT_THAT(world.told().text, HasSubstr("working only in part since 10:02:11 UTC"));
  world.fails("Login", 300, "eu-west", "other");
  world.decide_at(304);
  EXPECT_THAT(world.told().text,
              HasSubstr("has got worse. It has not been working since 10:05:00 UTC"));
}

TEST(Decide, ComponentThatGetsWorseAgainAndAgainIsCalledUnstable) {
  World world;
  for (int i = 0; i < 4; ++i) {
    world.fails("Login", 120 * i);
    world.decide_at(120 * i + 5);
    if (i == 3) break;
    world.passes("Login", 120 * i + 60);
    world.decide_at(120 * i + 65);
  }
  EXPECT_THAT(world.told().text,
              HasSubstr("Login is unstable: it keeps failing and recovering. We will report it"));
}

TEST(Decide, ClockSetBackNeverTurnsTheTimelineAround) {
  World world = failing_login();
  world.passes("Login", 300);
  world.decide_at(-7200);
  EXPECT_EQ(world.incident().updates.back().at, at(135));
  EXPECT_LE(*world.incident().mitigated, at(135));
}

TEST(Decide, ResolvesAtOnceWithoutAWindow) {
  World world = failing_login();
  world.policy.resolve_after = Duration{0};
  world.passes("Login", 300);
  world.decide_at(304);
  EXPECT_EQ(world.incident().status, Status::resolved);
  EXPECT_FALSE(world.decide_at(304).has_value());
}

TEST(Decide, ImpactFollowsTheShareOfChecksThatFailThoughTheStatusStays) {
  World world;
  for (const char* check : {"a", "b", "c", "d", "e", "f"})
    world.passes("Login", 0, "eu-west", check);
  world.fails("Login", 10, "eu-west", "a");
  world.decide_at(15);
  EXPECT_EQ(world.incident().impact, Impact::minor) << "one of six";
  world.fails("Login", 20, "eu-west", "b");
  world.decide_at(25);
  EXPECT_EQ(world.incident().impact, Impact::major) << "two of six";
  EXPECT_EQ(status_of(world.incident(), "login"), ComponentStatus::partial_outage);
  EXPECT_FALSE(world.decide_at(26).has_value());
  world.passes("Login", 30, "eu-west", "a");
  world.decide_at(35);
  EXPECT_EQ(world.incident().impact, Impact::minor);
  world.passes("Login", 40, "eu-west", "b");
  world.decide_at(45);
  EXPECT_EQ(world.incident().impact, Impact::major) << "the worst that there was";
}

TEST(Decide, WeightAndCeilingCountInTheImpact) {
  World world;
  for (const char* check : {"a", "b", "c", "d", "e", "f"})
    world.passes("Login", 0, "eu-west", check);
  world.fails("Login", 10, "eu-west", "a");
  world.situation.votes[0].weight = 5;
  world.decide_at(15);
  EXPECT_EQ(world.incident().impact, Impact::major);
  World capped;
  capped.situation.components[0].ceiling = Impact::minor;
  capped.fails("Login", 10);
  capped.decide_at(15);
  EXPECT_EQ(capped.incident().impact, Impact::minor);
}

TEST(Decide, AnImpactThatAPersonHasSetHoldsUntilItIsReleased) {
  World world = failing_login();
  Incident held = world.incident();
  held.held_impact = held.impact = Impact::minor;
  world.keep(held);
  world.decide_at(200);
  EXPECT_EQ(world.incident().impact, Impact::minor);
  held = world.incident();
  held.held_impact.reset();
  world.keep(held);
  world.decide_at(210);
  EXPECT_EQ(world.incident().impact, Impact::critical);
}

}  // namespace
}  // namespace vedette::incident::test
