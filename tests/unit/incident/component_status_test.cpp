// SPDX-License-Identifier: Apache-2.0
// How the votes of a component add up.
#include <gtest/gtest.h>

#include "agent/incident/decide.h"

namespace vedette::incident {
namespace {

using detect::State;
using enum ComponentStatus;

ComponentStatus status(const std::vector<State>& states, ComponentStatus before = operational) {
  std::vector<Vote> votes;
  for (const State state : states) votes.emplace_back().verdict.state = state;
  return component_status(votes, before);
}

TEST(ComponentStatus, AllDownIsAMajorOutage) {
  EXPECT_EQ(status({State::down, State::down}), major_outage);
}

TEST(ComponentStatus, SomeDownIsAPartialOutage) {
  EXPECT_EQ(status({State::down, State::up}), partial_outage);
  EXPECT_EQ(status({State::down, State::degraded}), partial_outage);
}

TEST(ComponentStatus, WhatIsDownOnlyNowAndThenWorksInPart) {
  std::vector<Vote> votes(2);
  for (Vote& vote : votes) vote.verdict.state = State::down;
  votes[0].verdict.unstable = true;
  EXPECT_EQ(component_status(votes, operational), partial_outage);
  votes[1].verdict.state = State::unknown;
  EXPECT_EQ(component_status(votes, operational), partial_outage);
  votes[0].verdict.state = State::degraded;
  EXPECT_EQ(component_status(votes, operational), degraded_performance);
}

TEST(ComponentStatus, DegradedIsDegradedWhetherSomeOrAll) {
  EXPECT_EQ(status({State::degraded, State::up}), degraded_performance);
  EXPECT_EQ(status({State::degraded, State::degraded}), degraded_performance);
}

TEST(ComponentStatus, AllUpIsOperational) {
  EXPECT_EQ(status({State::up, State::up}, major_outage), operational);
}

TEST(ComponentStatus, WithoutAKnownVoteTheOldStatusStands) {
  EXPECT_EQ(status({}, partial_outage), partial_outage);
  EXPECT_EQ(status({State::unknown, State::unknown}, major_outage), major_outage);
  EXPECT_EQ(status({State::unknown}, operational), operational);
}

TEST(ComponentStatus, UnknownDoesNotSoftenWhatIsDown) {
  EXPECT_EQ(status({State::down, State::unknown}), major_outage);
}

TEST(ComponentStatus, UnknownDoesNotMakeWhatIsUpFail) {
  EXPECT_EQ(status({State::up, State::unknown}), operational);
}

TEST(ComponentStatus, UnknownIsTakenToFailStillOnceSomethingFailed) {
  EXPECT_EQ(status({State::up, State::unknown}, major_outage), partial_outage);
  EXPECT_EQ(status({State::up, State::unknown}, partial_outage), partial_outage);
  EXPECT_EQ(status({State::up, State::unknown}, degraded_performance), degraded_performance);
}

TEST(ShownStatus, IsWhatTheIncidentSaysOfItsComponents) {
  std::vector<Vote> up(1);
  up[0].verdict.state = State::up;
  Incident incident;
  incident.components.emplace_back().component = "login";
  incident.components[0].status = major_outage;
  EXPECT_EQ(shown_status("login", up, operational, &incident), major_outage)
      << "recovered a moment ago, not yet believed";
  incident.components[0].status = operational;
  EXPECT_EQ(shown_status("login", {}, major_outage, &incident), operational)
      << "closed because no check reports on it any more";
}

TEST(ShownStatus, IsTheSumOfTheVotesOtherwise) {
  std::vector<Vote> up(1);
  up[0].verdict.state = State::up;
  const Incident about_others;
  EXPECT_EQ(shown_status("login", up, major_outage, &about_others), operational);
  EXPECT_EQ(shown_status("login", up, major_outage, nullptr), operational);
}

}  // namespace
}  // namespace vedette::incident
