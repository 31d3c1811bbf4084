// SPDX-License-Identifier: Apache-2.0
// One outage that spreads along dependencies is one incident, in whatever order it is seen.
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "agent/incident/view.h"
#include "tests/unit/incident/country.h"

namespace vedette::incident::test {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

// Portal and Shop depend on Database, Search on nothing.
Country country() {
  Country country;
  country.add("Database", "Backend");
  country.add("Portal", "Web", {"database"});
  country.add("Shop", "Sales", {"database"});
  country.add("Search", "Find");
  return country;
}

TEST(Dependencies, TheRootsIncidentTakesItsDependentsIn) {
  Country world = country();
  world.fails("database", 0);
  ASSERT_TRUE(world.decide_at(5));
  world.fails("portal", 20);
  world.fails("shop", 3000);
  ASSERT_TRUE(world.decide_at(3005));
  ASSERT_THAT(world.open(), SizeIs(1));
  const Incident& incident = world.open().at("Backend");
  EXPECT_THAT(incident.components, SizeIs(3));
  EXPECT_THAT(told(incident).text, HasSubstr("Portal depends on Database."));
}

TEST(Dependencies, ARootThatIsSeenLaterJoinsTheIncidentOfItsDependents) {
  Country world = country();
  world.fails("portal", 0);
  ASSERT_TRUE(world.decide_at(5));
  world.fails("database", 30);
  ASSERT_TRUE(world.decide_at(35));
  ASSERT_THAT(world.open(), SizeIs(1));
  EXPECT_THAT(told(world.open().at("Web")).text, HasSubstr("Database is now affected as well."));
}

TEST(Dependencies, ARootThatFailsLongAfterItsDependentIsAnotherOutage) {
  Country world = country();
  world.fails("portal", 0);
  ASSERT_TRUE(world.decide_at(5));
  world.fails("database", 7200);
  ASSERT_TRUE(world.decide_at(7205));
  EXPECT_THAT(world.open(), SizeIs(2));
}

TEST(Dependencies, WhatIsSeenTogetherIsOneIncidentWhateverGroupIsLookedAtFirst) {
  for (const auto& order : {std::vector<std::string>{"Backend", "Web", "Sales", "Find"},
                            std::vector<std::string>{"Web", "Sales", "Backend", "Find"}}) {
    Country world = country();
    world.fails("portal", 0);
    world.fails("shop", 1);
    world.fails("database", 2);
    ASSERT_TRUE(world.decide_at(5, order));
    ASSERT_THAT(world.open(), SizeIs(1));
    EXPECT_THAT(world.open().begin()->second.components, SizeIs(3));
  }
}

TEST(Dependencies, TwoIncidentsOfDependentsBecomeOneOnceTheirRootIsSeen) {
  Country world = country();
  world.fails("portal", 0);
  ASSERT_TRUE(world.decide_at(5));
  world.fails("shop", 10);
  ASSERT_TRUE(world.decide_at(15));
  ASSERT_THAT(world.open(), SizeIs(2));
  world.fails("database", 20);
  ASSERT_TRUE(world.decide_at(25));
  ASSERT_THAT(world.open(), SizeIs(1));
  const Incident& left = world.over().at("Sales");
  EXPECT_EQ(left.merged_into, world.open().at("Web").id);
  EXPECT_THAT(told(left).text, HasSubstr("part of the problem with Database"));
  EXPECT_THAT(world.open().at("Web").components, SizeIs(3));
}

TEST(Dependencies, TwoUnrelatedOutagesStayTwo) {
  Country world = country();
  world.fails("database", 0);
  world.fails("search", 1);
  ASSERT_TRUE(world.decide_at(5));
  EXPECT_THAT(world.open(), SizeIs(2));
}

TEST(Dependencies, ADependentThatDoesNotRecoverWithItsRootStaysInAndThatIsSaid) {
  Country world = country();
  world.fails("database", 0);
  world.fails("portal", 1);
  ASSERT_TRUE(world.decide_at(5));
  world.passes("database", 100);
  ASSERT_TRUE(world.decide_at(105));
  const Incident& incident = world.open().at("Backend");
  EXPECT_EQ(told(incident).text,
            "Database has been working again since 10:01:40 UTC. Portal is still affected. Portal "
            "depends on Database, and has not recovered with it.");
  world.passes("portal", 200);
  ASSERT_TRUE(world.decide_at(205));
  EXPECT_EQ(world.open().at("Backend").status, Status::monitoring);
  ASSERT_TRUE(world.decide_at(205 + 120));
  EXPECT_THAT(world.open(), SizeIs(0));
}

TEST(Dependencies, AFailureOfADependentAfterItsRootIsBackIsAnIncidentOfItsOwn) {
  Country world = country();
  world.fails("database", 0);
  ASSERT_TRUE(world.decide_at(5));
  world.passes("database", 100);
  ASSERT_TRUE(world.decide_at(105));
  world.fails("shop", 150);
  ASSERT_TRUE(world.decide_at(155));
  EXPECT_TRUE(world.open().contains("Sales"));
}

TEST(Dependencies, WhatIsLeftToAnotherIncidentIsInItEvenIfThatRecoversMeanwhile) {
  Country world = country();
  world.fails("database", 0);
  ASSERT_TRUE(world.decide_at(5));
  world.fails("portal", 50);
  EXPECT_FALSE(decide(world.situation("Web"), world.policy, at(55)));
  EXPECT_TRUE(is_unsettled(world.situation("Web"), nullptr)) << "it must be looked at again";
  world.passes("database", 56);
  ASSERT_TRUE(world.decide_at(60, {"Backend", "Web"}));
  ASSERT_THAT(world.open(), SizeIs(1));
  EXPECT_THAT(told(world.open().at("Backend")).text, HasSubstr("Portal is still affected."));
}

TEST(Dependencies, WhatWorksIsSaidAtTheOpening) {
  Country world = country();
  world.fails("portal", 0);
  ASSERT_TRUE(world.decide_at(5));
  const Incident& incident = world.open().at("Web");
  EXPECT_THAT(told(incident).text, HasSubstr(" Still working: Database."));
  EXPECT_THAT(told(incident).text, Not(HasSubstr("Search"))) << "it has nothing to do with it";
  EXPECT_THAT(internal_text(incident), HasSubstr("check database-check in eu-west passes"));
}

// Random outages over random dependencies: at rest, each failing component is in exactly one open
// incident, and when all is well all end.
TEST(Dependencies, NothingIsLostOrDoubledInRandomHistories) {
  for (std::uint32_t seed = 0; seed < 25; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    Country world;
    const int count = 4 + static_cast<int>(random() % 4);
    for (int i = 0; i < count; ++i) {
      std::vector<std::string> roots;
      for (int j = 0; j < i; ++j) {
        if (random() % 3 == 0) roots.push_back("c" + std::to_string(j));
      }
      world.add("C" + std::to_string(i), "g" + std::to_string(random() % 4), roots);
    }
    int now = 0;
    for (int step = 0; step < 60; ++step) {
      now += 1 + static_cast<int>(random() % 400);
      const std::string id = "c" + std::to_string(random() % static_cast<unsigned>(count));
      world.failing(id) ? world.passes(id, now) : world.fails(id, now);
      auto order = world.groups();
      std::ranges::shuffle(order, random);
      ASSERT_TRUE(world.decide_at(now + 3, order)) << "it does not come to rest";
      for (const Component& one : world.components()) {
        if (!world.failing(one.id)) continue;
        int places = 0;
        for (const auto& [group, incident] : world.open()) {
          for (const IncidentComponent& member : incident.components)
            places += member.component == one.id && severity(member.status) > 0;
        }
        ASSERT_EQ(places, 1) << one.id << " in step " << step;
      }
    }
    for (const Component& one : world.components()) world.passes(one.id, now);
    for (int i = 0; i < 60; ++i) ASSERT_TRUE(world.decide_at(now += 120));
    ASSERT_THAT(world.open(), SizeIs(0));
  }
}

}  // namespace
}  // namespace vedette::incident::test
