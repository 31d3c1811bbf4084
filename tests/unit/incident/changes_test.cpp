// SPDX-License-Identifier: Apache-2.0
// What was done before an outage is named in it, the most suspicious first; what is understood
// without an engineer is said.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "agent/incident/suspects.h"
#include "tests/unit/incident/country.h"

namespace vedette::incident::test {
namespace {

using testing::HasSubstr;
using testing::Not;

Change change(const std::string& text, int when, std::vector<std::string> components) {
  Change change{.id = {},
                .kind = ChangeKind::recorded,
                .at = at(when),
                .recorded = at(when),
                .text = text,
                .author = "Ann",
                .is_public = true,
                .before = {},
                .after = {},
                .components = std::move(components)};
  change.id = change_id(change);
  return change;
}

Maintenance maintenance(const std::string& title, int from, int until,
                        const std::string& component) {
  Maintenance one;
  one.id = "maintenance1";
  one.title = title;
  one.scheduled_for = at(from);
  one.scheduled_until = at(until);
  one.components = {component};
  return one;
}

Country shop() {
  Country world;
  world.add("Database", "Backend");
  world.add("Shop", "Sales", {"database"});
  world.add("Search", "Find");
  return world;
}

TEST(Changes, TheNearestOneIsNamedInTheOpeningWithItsDistance) {
  Country world = shop();
  world.changes = {change("Deploy 41", -3600, {"shop"}), change("Deploy 42", -120, {"shop"})};
  world.fails("shop", 0);
  world.decide_at(5);
  const Incident& incident = world.open().at("Sales");
  EXPECT_THAT(incident.updates[0].text,
              HasSubstr(" A change was recorded 2 minutes before it began: \"Deploy 42\" "
                        "(09:58:00 UTC)."));
  EXPECT_THAT(incident.updates[0].text, Not(HasSubstr("Deploy 41")));
  EXPECT_THAT(internal_text(incident), HasSubstr("Deploy 41"));
}

TEST(Changes, OneOfADependencyCountsButLessThanOneOfTheComponentItself) {
  Country world = shop();
  world.changes = {change("Database upgrade", -110, {"database"}),
                   change("Shop settings", -200, {"shop"})};
  world.fails("shop", 0);
  world.decide_at(5);
  EXPECT_THAT(world.open().at("Sales").updates[0].text, HasSubstr("Shop settings"));
}

TEST(Changes, OneOfSomethingElseIsNoSuspect) {
  Country world = shop();
  world.changes = {change("Search deploy", -60, {"search"})};
  world.fails("shop", 0);
  world.decide_at(5);
  EXPECT_THAT(world.open().at("Sales").updates[0].text, Not(HasSubstr("change")));
  EXPECT_THAT(internal_text(world.open().at("Sales")),
              HasSubstr("no change was recorded or observed in the 24 hours before it began"));
}

TEST(Changes, OnesThatAreTooOldAreNoSuspects) {
  Country world = shop();
  world.changes = {change("Old deploy", -25 * 3600, {"shop"})};
  world.fails("shop", 0);
  world.decide_at(5);
  EXPECT_THAT(internal_text(world.open().at("Sales")), HasSubstr("no change was recorded"));
}

TEST(Changes, WhatIsNotForThePublicIsNamedWithoutItsText) {
  Country world = shop();
  world.changes = {change("Rotated the key of node-7", -60, {"shop"})};
  world.changes[0].is_public = false;
  world.fails("shop", 0);
  world.decide_at(5);
  const Incident& incident = world.open().at("Sales");
  EXPECT_THAT(incident.updates[0].text,
              HasSubstr(" A change was recorded 1 minute before it began (09:59:00 UTC)."));
  EXPECT_THAT(internal_text(incident), HasSubstr("node-7"));
}

TEST(Changes, OneThatIsRecordedLateIsToldOnce) {
  Country world = shop();
  world.fails("shop", 0);
  world.decide_at(5);
  world.changes = {change("Gateway update", -300, {"shop"})};
  world.changes[0].recorded = at(600);
  world.decide_at(605);
  EXPECT_THAT(told(world.open().at("Sales")).text,
              HasSubstr("A change was recorded 5 minutes before it began"));
  const auto size = world.open().at("Sales").updates.size();
  world.decide_at(700);
  EXPECT_EQ(world.open().at("Sales").updates.size(), size);
}

TEST(Changes, OneAfterTheOnsetIsNotedForTheEngineers) {
  Country world = shop();
  world.fails("shop", 0);
  world.decide_at(5);
  world.changes = {change("Rollback", 1800, {"shop"})};
  world.decide_at(1805);
  const Incident& incident = world.open().at("Sales");
  EXPECT_THAT(internal_text(incident), HasSubstr("\"Rollback\" of shop, recorded by Ann"));
  EXPECT_THAT(internal_text(incident), HasSubstr("30 minutes after it began"));
}

TEST(Changes, AnObservedOneTellsBeforeAndAfterInternally) {
  Country world = shop();
  world.changes = {change("the certificate is another one", -60, {"shop"})};
  world.changes[0].kind = ChangeKind::observed;
  world.changes[0].before = "serial 1";
  world.changes[0].after = "serial 2";
  world.fails("shop", 0);
  world.decide_at(5);
  const Incident& incident = world.open().at("Sales");
  EXPECT_THAT(incident.updates[0].text, HasSubstr("A change was observed 1 minute before"));
  EXPECT_THAT(internal_text(incident), HasSubstr("before: serial 1\n    after: serial 2"));
}

TEST(Changes, AMaintenanceBeforeTheOnsetIsNamed) {
  Country world = shop();
  world.maintenances = {maintenance("Database upgrade", -7200, -3600, "database")};
  world.maintenances[0].status = MaintenanceStatus::completed;
  world.maintenances[0].completed = at(-3600);
  world.fails("shop", 0);
  world.decide_at(5);
  EXPECT_THAT(world.open().at("Sales").updates[0].text,
              HasSubstr(" The maintenance \"Database upgrade\" ended 1 hour before it began."));
}

TEST(Changes, AMaintenanceThatWasCancelledIsNoSuspect) {
  Country world = shop();
  world.maintenances = {maintenance("Database upgrade", -7200, -3600, "database")};
  world.maintenances[0].status = MaintenanceStatus::completed;
  world.maintenances[0].completed = at(-9000);
  world.fails("shop", 0);
  world.decide_at(5);
  EXPECT_THAT(world.open().at("Sales").updates[0].text, Not(HasSubstr("Database upgrade")));
  EXPECT_THAT(internal_text(world.open().at("Sales")), Not(HasSubstr("Database upgrade")));
}

TEST(Maintenances, SilenceOnlyWhatTheyNameAndOnlyWhileTheyLast) {
  Country world = shop();
  world.maintenances = {maintenance("Upgrade", 100, 1000, "shop")};
  world.fails("shop", 200);
  world.fails("search", 200);
  world.decide_at(205);
  EXPECT_FALSE(world.open().contains("Sales"));
  EXPECT_TRUE(world.open().contains("Find"));
  EXPECT_TRUE(is_unsettled(world.situation("Sales"), nullptr));
  world.decide_at(1000);
  ASSERT_TRUE(world.open().contains("Sales"));
  const Incident& incident = world.open().at("Sales");
  EXPECT_THAT(incident.updates[0].text,
              HasSubstr("It has been failing since the maintenance \"Upgrade\", which ended at "
                        "10:16:40 UTC."));
  EXPECT_EQ(incident.impact_began, at(1000)) << "before, nothing else was promised";
}

TEST(Maintenances, DoNotSilenceWhatFailedBeforeThem) {
  Country world = shop();
  world.maintenances = {maintenance("Upgrade", 100, 1000, "shop")};
  world.fails("shop", 50);
  world.decide_at(55);
  EXPECT_TRUE(world.open().contains("Sales"));
  world.decide_at(500);
  EXPECT_TRUE(world.open().contains("Sales"));
}

TEST(Maintenances, EndNoIncidentByHidingItsFailure) {
  Country world = shop();
  world.maintenances = {maintenance("Upgrade", 100, 1000, "shop")};
  world.fails("shop", 50);
  world.decide_at(55);
  world.passes("shop", 90);
  world.decide_at(95);
  world.fails("shop", 150);
  for (int now = 155; now < 900; now += 60) world.decide_at(now);
  EXPECT_TRUE(world.open().contains("Sales")) << "what cannot be judged is not resolved";
}

TEST(Causes, AnExpiredCertificateIsIdentifiedByItself) {
  Country world = shop();
  world.fails("shop", 0, Reason::tls_expired);
  world.decide_at(5);
  EXPECT_EQ(world.open().at("Sales").status, Status::identified);
  EXPECT_EQ(told(world.open().at("Sales")).text,
            "The cause appears to be a certificate that has expired.");
}

TEST(Causes, ARefusedConnectionSaysNothingAboutItsCause) {
  Country world = shop();
  world.fails("shop", 0);
  world.decide_at(5000);
  EXPECT_EQ(world.open().at("Sales").status, Status::investigating);
}

TEST(Progress, ASignOfLifeComesWhileNothingChangesAndOnlyThen) {
  Country world = shop();
  world.policy.update_every = std::chrono::minutes{20};
  world.fails("shop", 0);
  world.decide_at(5);
  world.decide_at(5 + 1199);
  EXPECT_THAT(told(world.open().at("Sales")).text, HasSubstr("We are investigating"));
  world.decide_at(5 + 1200);
  EXPECT_EQ(told(world.open().at("Sales")).text,
            "Shop is still affected, since 10:00:00 UTC. Nothing has changed since our last update."
            " We are still investigating. The next update follows within 20 minutes.");
  world.passes("shop", 2000);
  world.decide_at(2005);
  const auto size = world.open().at("Sales").updates.size();
  world.decide_at(2100);
  EXPECT_EQ(world.open().at("Sales").updates.size(), size);
}

}  // namespace
}  // namespace vedette::incident::test
