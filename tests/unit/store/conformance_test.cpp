// SPDX-License-Identifier: Apache-2.0
// What every backend of the store has to do, method by method.
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/store/samples.h"
#include "tests/unit/store/store_test.h"

namespace vedette::store::test {
namespace {

using namespace std::string_literals;
using detect::State;
using incident::ComponentStatus;
using incident::Incident;
using incident::Situation;
using incident::Status;
using incident::Vote;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class Conformance : public StoreTest {
 protected:
  // Nothing but the votes.
  void put(const std::vector<Vote>& votes, Instant now = at(0)) {
    const auto done = store_->reconcile(portal_, votes, nothing(), now);
    ASSERT_TRUE(done) << done.error().message;
  }
  void put(const Group& group, const Incident& incident) {
    const auto done = store_->reconcile(group, {}, always(incident), at(0));
    ASSERT_TRUE(done) << done.error().message;
  }
  Situation seen(const Group& group, const std::vector<Vote>& votes = {}, Instant now = at(0)) {
    Situation situation;
    const auto done = store_->reconcile(
        group, votes,
        [&](const Situation& loaded) {
          situation = loaded;
          return std::nullopt;
        },
        now);
    EXPECT_TRUE(done) << done.error().message;
    return situation;
  }
  Situation seen(const Group& group, Instant now) { return seen(group, {}, now); }
  Incident stored(const std::string& id) {
    const auto found = store_->incident(id);
    EXPECT_TRUE(found && *found) << id;
    return found && *found ? **found : Incident{};
  }
  Snapshot snapshot() {
    auto taken = store_->snapshot();
    EXPECT_TRUE(taken) << taken.error().message;
    return taken ? *taken : Snapshot{};
  }

  const Group portal_ = group_of({component("portal")});
  const Group shop_ = group_of({component("cart", "Shop"), component("payments", "Shop")});
};

bool same(const Vote& left, const Vote& right) {
  return left.check == right.check && left.region == right.region &&
         left.component == right.component && left.probe == right.probe &&
         left.verdict == right.verdict && left.weight == right.weight;
}

TEST_P(Conformance, AnEmptyStoreHasNothingToSay) {
  EXPECT_THAT(snapshot().components, IsEmpty());
  EXPECT_THAT(snapshot().heard_of, IsEmpty());
  EXPECT_THAT(snapshot().incidents, IsEmpty());
  EXPECT_THAT(*store_->votes("eu-west"), IsEmpty());
  EXPECT_TRUE(store_->memories("eu-west")->empty());
  EXPECT_THAT(*store_->open_groups(), IsEmpty());
  EXPECT_EQ(*store_->incident("nosuchincide"), std::nullopt);
}

TEST_P(Conformance, AVoteComesBackAsItWent) {
  Vote down = vote("portal-login", "portal", State::down, at(10));
  down.verdict.unstable = true;
  down.weight = 25;
  Vote unknown = vote("portal-page", "portal", State::unknown, at(11));
  unknown.verdict.reason = std::nullopt;
  put({down, unknown});
  const auto votes = *store_->votes("eu-west");
  ASSERT_THAT(votes, SizeIs(2));
  EXPECT_TRUE(same(votes[0], down));
  EXPECT_TRUE(same(votes[1], unknown));
  EXPECT_THAT(*store_->votes("us-east"), IsEmpty());
}

TEST_P(Conformance, AnOlderDecisionNeverOverwritesANewerOne) {
  put({vote("portal-login", "portal", State::down, at(10))});
  put({vote("portal-login", "portal", State::up, at(9))});
  EXPECT_EQ(store_->votes("eu-west")->at(0).verdict.state, State::down);
  put({vote("portal-login", "portal", State::up, at(11))});
  EXPECT_EQ(store_->votes("eu-west")->at(0).verdict.state, State::up);
}

TEST_P(Conformance, TheSameDecisionMayBeSaidMorePrecisely) {
  Vote down = vote("portal-login", "portal", State::down, at(10));
  put({down});
  down.verdict.reason = Reason::tls_expired;
  put({down});
  EXPECT_EQ(store_->votes("eu-west")->at(0).verdict.reason, Reason::tls_expired);
}

TEST_P(Conformance, RegionsKeepVotesOfTheirOwn) {
  Vote elsewhere = vote("portal-login", "portal", State::up, at(20));
  elsewhere.region = "us-east";
  put({vote("portal-login", "portal", State::down, at(10)), elsewhere});
  EXPECT_EQ(store_->votes("eu-west")->at(0).verdict.state, State::down);
  EXPECT_EQ(store_->votes("us-east")->at(0).verdict.state, State::up);
}

TEST_P(Conformance, TheSituationHoldsTheNewVotesOfTheGroupAndNoOthers) {
  put({vote("cart-page", "cart", State::up, at(1)),
       vote("portal-login", "portal", State::up, at(1))});
  const Situation situation = seen(shop_, {vote("card", "payments", State::down, at(2))});
  EXPECT_EQ(situation.group, "Shop");
  EXPECT_THAT(situation.components, SizeIs(2));
  ASSERT_THAT(situation.votes, SizeIs(2));
  EXPECT_EQ(situation.votes[0].check, "cart-page");
  EXPECT_EQ(situation.votes[1].check, "card");
  EXPECT_EQ(situation.open, std::nullopt);
  EXPECT_EQ(situation.last_resolved, std::nullopt);
}

TEST_P(Conformance, AnIncidentComesBackAsItWent) {
  const Incident incident = incident_in("portal", "aaaaaaaaaaaa", at(100));
  const auto done = store_->reconcile(portal_, {}, always(incident), at(100));
  ASSERT_TRUE(done);
  EXPECT_EQ(done->incident, incident);
  EXPECT_EQ(stored(incident.id), incident);
  EXPECT_EQ(seen(portal_).open, incident);
  EXPECT_THAT(*store_->open_groups(), ElementsAre("portal"));
}

TEST_P(Conformance, AnIncidentMovesOnAndIsTheLastResolvedOne) {
  Incident incident = incident_in("portal", "aaaaaaaaaaaa", at(100));
  put(portal_, incident);
  incident = continued(incident, Status::monitoring, at(200));
  incident.components.pop_back();
  incident.impact = incident::Impact::critical;
  put(portal_, incident);
  EXPECT_EQ(stored(incident.id), incident);
  incident = continued(incident, Status::resolved, at(300));
  put(portal_, incident);
  EXPECT_EQ(stored(incident.id), incident);
  EXPECT_EQ(seen(portal_).open, std::nullopt);
  EXPECT_EQ(seen(portal_).last_resolved, incident);
  EXPECT_THAT(*store_->open_groups(), IsEmpty());
}

TEST_P(Conformance, TheLastResolvedIncidentIsTheOneResolvedLast) {
  for (const auto& [id, resolved] :
       {std::pair{"aaaaaaaaaaaa", 900}, std::pair{"bbbbbbbbbbbb", 500}}) {
    const Incident incident = incident_in("portal", id, at(100));
    put(portal_, incident);
    put(portal_, continued(incident, Status::resolved, at(resolved)));
  }
  EXPECT_EQ(seen(portal_).last_resolved->id, "aaaaaaaaaaaa");
}

TEST_P(Conformance, AResolvedIncidentCanBeOpenAgain) {
  Incident incident = incident_in("portal", "aaaaaaaaaaaa", at(100));
  put(portal_, incident);
  put(portal_, incident = continued(incident, Status::resolved, at(300)));
  incident = continued(incident, Status::investigating, at(400));
  incident.resolved.reset();
  put(portal_, incident);
  EXPECT_EQ(stored(incident.id), incident);
  EXPECT_THAT(*store_->open_groups(), ElementsAre("portal"));
}

TEST_P(Conformance, WhenNothingIsMissingNothingIsWritten) {
  const Incident incident = incident_in("portal", "aaaaaaaaaaaa", at(100));
  put(portal_, incident);
  const auto done = store_->reconcile(portal_, {}, nothing(), at(101));
  ASSERT_TRUE(done);
  EXPECT_EQ(done->incident, std::nullopt);
  EXPECT_EQ(stored(incident.id), incident);
}

TEST_P(Conformance, ASecondOpenIncidentOfAGroupIsRefusedWhole) {
  put(portal_, incident_in("portal", "aaaaaaaaaaaa", at(100)));
  const auto second =
      store_->reconcile(portal_, {vote("portal-login", "portal", State::down, at(5))},
                        always(incident_in("portal", "bbbbbbbbbbbb", at(200))), at(200));
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, Error::Kind::bug);
  EXPECT_EQ(*store_->incident("bbbbbbbbbbbb"), std::nullopt);
  EXPECT_THAT(*store_->votes("eu-west"), IsEmpty());
}

TEST_P(Conformance, OpenIncidentsOfOtherGroupsDoNotMatter) {
  put(portal_, incident_in("portal", "aaaaaaaaaaaa", at(100)));
  put(shop_, incident_in("Shop", "bbbbbbbbbbbb", at(100)));
  EXPECT_THAT(*store_->open_groups(), ElementsAre("Shop", "portal"));
}

class RewrittenTimeline : public Conformance {
 protected:
  void expect_refused(const Incident& rewritten) {
    const auto done = store_->reconcile(portal_, {}, always(rewritten), at(300));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, Error::Kind::bug);
    EXPECT_EQ(stored(incident_.id), incident_);
  }
  const Incident incident_ = incident_in("portal", "aaaaaaaaaaaa", at(100));
};

TEST_P(RewrittenTimeline, IsRefusedWhenAnEntryChanged) {
  put(portal_, incident_);
  Incident rewritten = continued(incident_, Status::monitoring, at(200));
  rewritten.updates[0].text = "It never happened.";
  expect_refused(rewritten);
}

TEST_P(RewrittenTimeline, IsRefusedWhenAnEntryIsGone) {
  put(portal_, incident_);
  Incident rewritten = incident_;
  rewritten.updates.pop_back();
  expect_refused(rewritten);
}

TEST_P(RewrittenTimeline, IsRefusedWhenItHasAHole) {
  put(portal_, incident_);
  Incident rewritten = continued(incident_, Status::monitoring, at(200));
  rewritten.updates.back().sequence = 4;
  expect_refused(rewritten);
}

TEST_P(RewrittenTimeline, IsRefusedWhenItDoesNotBeginWithOne) {
  Incident incident = incident_;
  incident.updates.erase(incident.updates.begin());
  const auto done = store_->reconcile(portal_, {}, always(incident), at(300));
  ASSERT_FALSE(done);
  EXPECT_EQ(*store_->incident(incident.id), std::nullopt);
}

TEST_P(Conformance, ADecisionThatThrowsLeavesNothingBehind) {
  const Decide broken = [](const Situation&) -> std::optional<Incident> {
    throw std::logic_error("no idea");
  };
  const auto done = store_->reconcile(portal_, {vote("portal-login", "portal", State::down, at(5))},
                                      broken, at(5));
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, Error::Kind::bug);
  EXPECT_THAT(done.error().message, testing::HasSubstr("no idea"));
  EXPECT_THAT(*store_->votes("eu-west"), IsEmpty());
  EXPECT_THAT(snapshot().components, IsEmpty());
  put({vote("portal-login", "portal", State::down, at(5))});  // and the store goes on
  EXPECT_THAT(*store_->votes("eu-west"), SizeIs(1));
}

TEST_P(Conformance, TellsOfWhichComponentsItHasHeard) {
  const auto say = [&](const store::Group& group, const Vote& vote) {
    ASSERT_TRUE(store_->reconcile(group, {vote}, nothing(), at(1)));
  };
  say(portal_, vote("portal-login", "portal", State::up, at(1)));
  say(portal_, vote("portal-page", "portal", State::down, at(1)));
  say(portal_, vote("mail-in", "mail", State::unknown, at(1)));
  EXPECT_THAT(snapshot().heard_of, ElementsAre("portal"));
}

TEST_P(Conformance, AComponentsStatusFollowsItsVotes) {
  auto done = store_->reconcile(portal_, {vote("portal-login", "portal", State::up, at(1))},
                                nothing(), at(1));
  EXPECT_TRUE(done->components_changed) << "it can be seen from now on";
  done = store_->reconcile(portal_, {vote("portal-login", "portal", State::down, at(2))}, nothing(),
                           at(20));
  EXPECT_TRUE(done->components_changed);
  ASSERT_THAT(snapshot().components, SizeIs(1));
  EXPECT_EQ(snapshot().components[0].component, "portal");
  EXPECT_EQ(snapshot().components[0].status, ComponentStatus::major_outage);
  EXPECT_EQ(snapshot().components[0].since, at(20));
  EXPECT_EQ(snapshot().components[0].created, at(1));
  done = store_->reconcile(portal_, {}, nothing(), at(30));
  EXPECT_FALSE(done->components_changed);
  EXPECT_EQ(snapshot().components[0].since, at(20));
}

TEST_P(Conformance, AGroupThatIsNoLongerConfiguredStillHasItsIncident) {
  const Incident incident = incident_in("portal", "aaaaaaaaaaaa", at(100));
  put(portal_, incident);
  const Situation situation = seen({"portal", {}});
  EXPECT_EQ(situation.open, incident);
  EXPECT_THAT(situation.votes, IsEmpty());
}

TEST_P(Conformance, TheSnapshotHoldsTheNewestFiftyAndEveryOpenOne) {
  const Group old = group_of({component("old")});
  put(old, incident_in("old", "openandold00", at(1)));
  for (int i = 0; i < 60; ++i) {
    const Incident incident =
        incident_in("portal", "number" + std::to_string(100 + i), at(1000 + i));
    put(portal_, incident);
    put(portal_, continued(incident, Status::resolved, at(5000 + i)));
  }
  const auto incidents = snapshot().incidents;
  ASSERT_THAT(incidents, SizeIs(51));
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(incidents[static_cast<std::size_t>(i)].id, "number" + std::to_string(159 - i));
  }
  EXPECT_EQ(incidents.back(), incident_in("old", "openandold00", at(1)));
}

TEST_P(Conformance, RetainForgetsVotesOfThisRegionsRemovedChecksOnly) {
  Vote elsewhere = vote("removed", "portal", State::down, at(1));
  elsewhere.region = "us-east";
  put({vote("kept", "portal", State::down, at(1)), vote("removed", "portal", State::down, at(1)),
       elsewhere});
  ASSERT_TRUE(store_->retain("eu-west", {"kept"}, portal_.components, at(2)));
  ASSERT_THAT(*store_->votes("eu-west"), SizeIs(1));
  EXPECT_EQ(store_->votes("eu-west")->at(0).check, "kept");
  EXPECT_THAT(*store_->votes("us-east"), SizeIs(1));
}

TEST_P(Conformance, WhatIsRememberedIsKeptByCheckRegionAndPartAndTheLastOneWins) {
  const Memory long_one{"mail", "mailbox", std::string(4096, 'x') + "\n\"\xc3\xa4\""};
  ASSERT_TRUE(store_->remember("eu-west", {{"mail", "mailbox", "12 messages"}, {"b", "http", ""}}));
  ASSERT_TRUE(store_->remember("us-east", {{"mail", "mailbox", "another region's"}}));
  const Memory seen{"mail", "mailbox", "{}", "seen"};
  ASSERT_TRUE(store_->remember("eu-west", {long_one, seen}));
  EXPECT_THAT(*store_->memories("eu-west"), ElementsAre(Memory{"b", "http", ""}, long_one, seen));
  ASSERT_TRUE(store_->retain("eu-west", {"mail"}, portal_.components, at(2)));
  EXPECT_THAT(*store_->memories("eu-west"), ElementsAre(long_one, seen));
  EXPECT_THAT(*store_->memories("us-east"), SizeIs(1)) << "not ours to forget";
}

TEST_P(Conformance, RetainKnowsTheConfiguredComponentsAndNoOthers) {
  put({vote("portal-login", "portal", State::down, at(1))}, at(5));
  ASSERT_TRUE(
      store_->retain("eu-west", {"portal-login"}, {component("portal"), component("new")}, at(7)));
  auto components = snapshot().components;
  ASSERT_THAT(components, SizeIs(2));
  EXPECT_EQ(components[0].component, "new");
  EXPECT_EQ(components[0].status, ComponentStatus::operational);
  EXPECT_EQ(components[0].created, at(7));
  EXPECT_EQ(components[1].component, "portal");
  EXPECT_EQ(components[1].status, ComponentStatus::major_outage);
  EXPECT_EQ(components[1].since, at(5));
  ASSERT_TRUE(store_->retain("eu-west", {}, {component("new")}, at(9)));
  components = snapshot().components;
  ASSERT_THAT(components, SizeIs(1));
  EXPECT_EQ(components[0].created, at(7));
}

TEST_P(Conformance, VotesCountAsLongAsTheirAgentIsHeardOf) {
  put({vote("portal-login", "portal", State::down, at(0))});
  EXPECT_THAT(seen(portal_, at(3'600'000)).votes, SizeIs(1));  // no word of the agent at all
  ASSERT_TRUE(store_->heartbeat("eu-west", at(0), at(0)));
  const Instant last = at(0) + vote_outlives_agent;
  EXPECT_THAT(seen(portal_, last).votes, SizeIs(1));
  EXPECT_THAT(seen(portal_, last + Duration(1)).votes, IsEmpty());
  ASSERT_TRUE(store_->heartbeat("us-east", last, last));
  EXPECT_THAT(seen(portal_, last + Duration(1)).votes, IsEmpty());
  ASSERT_TRUE(store_->heartbeat("eu-west", last, last));
  EXPECT_THAT(seen(portal_, last + Duration(1)).votes, SizeIs(1));
  EXPECT_THAT(*store_->votes("eu-west"), SizeIs(1));
}

TEST_P(Conformance, AHeartbeatMayBeRepeated) {
  EXPECT_TRUE(store_->heartbeat("eu-west", at(1), at(1)));
  EXPECT_TRUE(store_->heartbeat("eu-west", at(2), at(2)));
}

TEST_P(Conformance, ANewerVoteBringsItsOwnEvidence) {
  Vote newer = vote("login", "portal", State::down, at(2));
  newer.verdict.evidence = "certificate_subject: CN=new\n> GET /new";
  put({vote("login", "portal", State::down, at(1))});
  put({newer});
  EXPECT_EQ(store_->votes("eu-west")->at(0).verdict.evidence, newer.verdict.evidence);
}

TEST_P(Conformance, TextsMayHoldAnything) {
  Vote odd = vote("'; DROP TABLE votes; --", "portal", State::down, at(1));
  odd.verdict.message = "zero \0 byte, \"quotes\", \xF0\x9F\x94\xA5"s;
  put({odd});
  EXPECT_TRUE(same(store_->votes("eu-west")->at(0), odd));
}

INSTANTIATE_TEST_SUITE_P(Store, Conformance, testing::ValuesIn(all_backends()),
                         testing::PrintToStringParamName());
INSTANTIATE_TEST_SUITE_P(Store, RewrittenTimeline, testing::ValuesIn(all_backends()),
                         testing::PrintToStringParamName());

}  // namespace
}  // namespace vedette::store::test
