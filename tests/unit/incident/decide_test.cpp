// SPDX-License-Identifier: Apache-2.0
// The life of an incident, step by step: what decide() writes when votes change and time goes by.
#include "agent/incident/decide.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/incident/world.h"

namespace vedette::incident::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

TEST(Decide, NothingWhileAllIsWell) {
  World world;
  world.passes("Login", 0);
  EXPECT_FALSE(world.decide_at(10).has_value());
}

TEST(Decide, OpensWithTheInstantsOfTheFailureAndOfItsDetection) {
  const World world = failing_login();
  const Incident& incident = world.incident();
  EXPECT_TRUE(incident.is_open());
  EXPECT_EQ(incident.group, "Portal");
  EXPECT_EQ(incident.title, "Login: major outage");
  EXPECT_EQ(incident.impact, Impact::critical);
  EXPECT_EQ(incident.status, Status::investigating);
  EXPECT_EQ(incident.impact_began, at(131));
  EXPECT_EQ(incident.detected, at(134));
  EXPECT_EQ(incident.opened, at(135));
  EXPECT_EQ(incident.detected_by, "check login-check in eu-west");
  EXPECT_FALSE(incident.mitigated.has_value());
}

TEST(Decide, OpeningIsToldInPublicWordsAndWithInternalEvidence) {
  const World world = failing_login();
  const auto& updates = world.incident().updates;
  ASSERT_EQ(updates.size(), 2U);
  EXPECT_TRUE(updates[0].is_public);
  EXPECT_EQ(updates[0].text,
            "We are investigating a problem with Login. It has not been working since 10:02:11 UTC:"
            " the server refused the connection.");
  EXPECT_THAT(updates[0].affected,
              ElementsAre(AffectedComponent{"login", "Login", ComponentStatus::operational,
                                            ComponentStatus::major_outage}));
  EXPECT_FALSE(updates[1].is_public);
  EXPECT_EQ(updates[1].text,
            "- check login-check in eu-west is down: connect_refused, since"
            " 2026-11-08T10:02:11.000Z, settled 2026-11-08T10:02:14.000Z: 10.1.2.3:"
            " connect_refused\n"
            "    remote_address: 10.1.2.3\n"
            "    > GET /\n"
            "- no change was recorded or observed in the 24 hours before it began");
  EXPECT_THAT(updates[1].affected,
              ElementsAre(AffectedComponent{"login", "Login", ComponentStatus::major_outage,
                                            ComponentStatus::major_outage}));
}

TEST(Decide, IdIsTheSameForTheSameOutageWheneverItIsOpened) {
  World late;
  late.fails("Login", 131);
  late.decide_at(900);
  EXPECT_EQ(late.incident().id, failing_login().incident().id);
  EXPECT_THAT(late.incident().id, testing::MatchesRegex("[a-z0-9]{12}"));
}

TEST(Decide, IdDiffersForAnotherGroupAndAnotherOnset) {
  World other_group;
  other_group.situation.group = "Checkout";
  other_group.situation.components[0].group = "Checkout";
  other_group.fails("Login", 131);
  other_group.decide_at(135);
  World other_onset;
  other_onset.fails("Login", 132);
  other_onset.decide_at(135);
  EXPECT_NE(other_group.incident().id, failing_login().incident().id);
  EXPECT_NE(other_onset.incident().id, failing_login().incident().id);
}

TEST(Decide, IdIsNotThatOfTheIncidentBefore) {
  World world = failing_login();
  world.situation.last_resolved = world.incident();
  world.situation.last_resolved->resolved = at(140);
  world.situation.last_resolved->status = Status::postmortem;
  world.situation.open.reset();
  const auto next = world.decide_at(150);
  ASSERT_TRUE(next.has_value());
  EXPECT_NE(next->id, failing_login().incident().id);
}

TEST(Decide, SecondComponentJoinsTheSameIncident) {
  World world({"Login", "Payments"});
  world.fails("Login", 0);
  world.passes("Payments", 0);
  world.decide_at(5);
  world.fails("Payments", 60);
  world.decide_at(65);
  const Incident& incident = world.incident();
  EXPECT_EQ(incident.components.size(), 2U);
  EXPECT_EQ(incident.components[1].added, at(65));
  EXPECT_EQ(incident.impact_began, at(0));
  EXPECT_EQ(incident.title, "Login and Payments: major outage");
  EXPECT_EQ(world.told().text,
            "Payments is now affected as well. It has not been working since 10:01:00 UTC: the"
            " server refused the connection.");
}

TEST(Decide, ComponentsRecoverAtTheirOwnInstantsWhileTheIncidentStaysOpen) {
  World world({"Click2Call", "Mail", "Portal"});
  for (const char* name : {"Click2Call", "Mail", "Portal"}) world.fails(name, 0);
  world.decide_at(5);
  world.passes("Click2Call", 100);
  world.passes("Portal", 110);
  world.decide_at(115);
  EXPECT_EQ(world.incident().status, Status::investigating);
  EXPECT_EQ(world.told().text,
            "Click2Call has been working again since 10:01:40 UTC. Portal has been working again"
            " since 10:01:50 UTC. Mail is still affected.");
  world.passes("Mail", 200);
  world.decide_at(205);
  EXPECT_EQ(world.incident().status, Status::monitoring);
  EXPECT_EQ(world.incident().components[0].recovered, at(100));
  EXPECT_EQ(world.incident().components[1].recovered, at(200));
  EXPECT_EQ(world.incident().components[2].recovered, at(110));
}

TEST(Decide, MonitoringBeginsWithTheRecoveryAndKeepsTheImpact) {
  const World world = recovered_login();
  EXPECT_EQ(world.incident().status, Status::monitoring);
  EXPECT_EQ(world.incident().mitigated, at(300));
  EXPECT_EQ(world.incident().impact, Impact::critical);
  EXPECT_EQ(world.told().text,
            "Login has been working again since 10:05:00 UTC. We are watching it to be sure that it"
            " stays well.");
  EXPECT_THAT(world.incident().updates.back().text,
              HasSubstr("check login-check in eu-west passes since 2026-11-08T10:05:00.000Z"));
}

TEST(Decide, ResolvesAfterTheStabilityWindowAndNotBefore) {
  World world = recovered_login();
  EXPECT_FALSE(world.decide_at(304 + 119).has_value());
  ASSERT_TRUE(world.decide_at(304 + 120).has_value());
  EXPECT_EQ(world.incident().status, Status::resolved);
  EXPECT_EQ(world.incident().resolved, at(424));
  EXPECT_EQ(world.told().text,
            "Login has been working normally for 2 minutes. This incident is resolved. The problem"
            " was seen between 10:02:11 UTC and 10:05:00 UTC (2 minutes and 49 seconds); this "
            "incident was"
            " open for 4 minutes and 49 seconds.");
  EXPECT_FALSE(world.decide_at(5000).has_value());
}

TEST(Decide, FailureDuringMonitoringGoesBackToInvestigating) {
  World world = recovered_login();
  world.fails("Login", 350);
  world.decide_at(355);
  EXPECT_EQ(world.incident().status, Status::investigating);
  EXPECT_FALSE(world.incident().mitigated.has_value());
  EXPECT_FALSE(world.incident().components[0].recovered.has_value());
  EXPECT_THAT(world.told().text, HasSubstr("The problem with Login has come back."));
  EXPECT_FALSE(world.incident().updates.back().is_public) << "the evidence is given anew";
  EXPECT_FALSE(world.decide_at(5000).has_value()) << "the window starts anew";
}

TEST(Decide, FailureDuringMonitoringGoesBackToIdentifiedWhenTheCauseWasKnown) {
  World world = failing_login();
  Incident by_person = world.incident();
  Update identified = by_person.updates.back();
  identified.sequence += 1;
  identified.status = Status::identified;
  identified.author = "ops";
  by_person.updates.push_back(identified);
  by_person.status = Status::identified;
  world.keep(by_person);
  world.passes("Login", 300);
  world.decide_at(304);
  world.fails("Login", 350);
  world.decide_at(355);
  EXPECT_EQ(world.incident().status, Status::identified);
}

TEST(Decide, ReopensTheSameIncidentWithinTheWindow) {
  World world = recovered_login();
  world.decide_at(424);
  const std::string id = world.incident().id;
  world.fails("Login", 424 + 900);
  world.decide_at(1400);
  const Incident& incident = world.incident();
  EXPECT_EQ(incident.id, id);
  EXPECT_TRUE(incident.is_open());
  EXPECT_EQ(incident.status, Status::investigating);
  EXPECT_EQ(incident.impact_began, at(131));
  EXPECT_FALSE(incident.mitigated.has_value());
  EXPECT_THAT(world.told().text, HasSubstr("The problem with Login has come back."));
}

TEST(Decide, ReopenedByAnotherComponentSaysSo) {
  World world({"Login", "Payments"});
  world.passes("Payments", 0);
  world.fails("Login", 131);
  world.decide_at(135);
  world.passes("Login", 300);
  world.decide_at(304);
  world.decide_at(424);
  world.fails("Payments", 500);
  world.decide_at(505);
  EXPECT_THAT(world.told().text, HasSubstr("This incident is open again: Payments is affected."));
  EXPECT_THAT(world.told().text, Not(HasSubstr("come back")));
}

TEST(Decide, OpensANewIncidentAfterTheWindow) {
  World world = recovered_login();
  world.decide_at(424);
  const std::string id = world.incident().id;
  world.fails("Login", 424 + 901);
  world.decide_at(1400);
  EXPECT_NE(world.incident().id, id);
  EXPECT_EQ(world.incident().impact_began, at(424 + 901));
  EXPECT_EQ(world.incident().updates.front().sequence, 1);
}

TEST(Decide, ImpactRisesAndFallsWithTheComponents) {
  World world;
  world.vote("Login", {State::degraded, 0, 3, Reason::expectation_failed});
  world.decide_at(5);
  EXPECT_EQ(world.incident().impact, Impact::minor);
  EXPECT_EQ(world.incident().title, "Login: degraded performance");
  EXPECT_EQ(world.told().text,
            "We are investigating a problem with Login. It has been working less"
            " well than usual since 10:00:00 UTC.");

  world.fails("Login", 60);
  world.decide_at(65);
  EXPECT_EQ(world.incident().impact, Impact::critical);
  EXPECT_EQ(world.incident().title, "Login: major outage");
  EXPECT_THAT(world.told().text, HasSubstr("The problem with Login has got worse."));
  EXPECT_THAT(world.incident().updates.back().text,
              HasSubstr("Impact is now critical, it was minor."));

  world.vote("Login", {State::degraded, 120, 123, Reason::timeout});
  world.decide_at(125);
  EXPECT_EQ(world.incident().impact, Impact::minor);
  EXPECT_EQ(world.incident().title, "Login: major outage") << "what it was at its worst";
  EXPECT_EQ(world.told().text,
            "The problem with Login has eased, but is not over. It has been working less well than"
            " usual since 10:02:00 UTC: the server did not answer in time.");

  world.passes("Login", 180);
  world.decide_at(185);
  EXPECT_EQ(world.incident().impact, Impact::critical) << "the worst that customers met";
  EXPECT_THAT(world.incident().updates.back().text,
              HasSubstr("Impact of the whole incident: critical."));
}

TEST(Decide, ATitleGivenByAPersonStays) {
  World world = failing_login();
  Incident renamed = world.incident();
  renamed.title = "Log-in trouble for some of you";
  world.keep(renamed);
  world.vote("Login", {State::degraded, 200, 203, Reason::timeout});
  world.decide_at(205);
  EXPECT_EQ(world.incident().title, "Log-in trouble for some of you");
}

TEST(Model, WordsAreStableAndRoundTrip) {
  for (int i = 0; i <= 4; ++i) {
    const auto status = static_cast<ComponentStatus>(i);
    EXPECT_EQ(parse_component_status(text(status)), status);
    EXPECT_EQ(parse_status(text(static_cast<Status>(i))), static_cast<Status>(i));
  }
  for (int i = 0; i <= 3; ++i)
    EXPECT_EQ(parse_impact(text(static_cast<Impact>(i))), static_cast<Impact>(i));
  EXPECT_EQ(text(ComponentStatus::degraded_performance), "degraded_performance");
  EXPECT_EQ(text(Impact::critical), "critical");
  EXPECT_EQ(text(Status::postmortem), "postmortem");
  EXPECT_FALSE(parse_status("done").has_value());
}

}  // namespace
}  // namespace vedette::incident::test
