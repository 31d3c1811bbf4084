// SPDX-License-Identifier: Apache-2.0
// What every backend whose data outlives the connection has to do: closing, opening again, and two
// at once.
#include <atomic>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/wait_for.h"
#include "tests/unit/store/backends.h"
#include "tests/unit/store/samples.h"

namespace vedette::store::test {
namespace {

using incident::Incident;
using incident::Situation;
using incident::Status;

class Sharing : public testing::TestWithParam<Backend> {
 protected:
  // While another one makes the tables it is busy, which passes.
  std::unique_ptr<Store> open() {
    auto opened = place_->open();
    for (int tries = 0; !opened && opened.error().kind == Error::Kind::busy && tries < 100; ++tries)
      opened = place_->open();
    EXPECT_TRUE(opened) << opened.error().message;
    return opened ? std::move(*opened) : nullptr;
  }

  std::unique_ptr<Place> place_ = GetParam().make();
  const Group portal_ = group_of({component("portal")});
};

TEST_P(Sharing, WhatWasWrittenIsThereAfterOpeningAgain) {
  const Incident incident = incident_in("portal", "aaaaaaaaaaaa", at(100));
  const auto down = vote("portal-login", "portal", detect::State::down, at(10));
  ASSERT_TRUE(open()->reconcile(portal_, {down}, always(incident), at(100)));
  const auto store = open();
  EXPECT_EQ(**store->incident(incident.id), incident);
  EXPECT_EQ(store->votes("eu-west")->at(0).verdict, down.verdict);
  EXPECT_EQ(store->snapshot()->components.at(0).status, incident::ComponentStatus::major_outage);
}

TEST_P(Sharing, WhatOneWritesTheOtherSeesAtOnce) {
  const auto first = open();
  const auto second = open();
  const Incident incident = incident_in("portal", "aaaaaaaaaaaa", at(100));
  ASSERT_TRUE(first->reconcile(portal_, {}, always(incident), at(100)));
  EXPECT_EQ(**second->incident(incident.id), incident);
}

TEST_P(Sharing, TheHeartbeatTellsWhetherOthersHaveWrittenSinceTheLastOne) {
  const auto first = open();
  const auto second = open();
  ASSERT_TRUE(first->heartbeat("eu-west", at(0), at(0)));
  ASSERT_TRUE(second->heartbeat("us-east", at(0), at(0)));
  EXPECT_TRUE(first->heartbeat("eu-west", at(0), at(10)).value());
  EXPECT_FALSE(first->heartbeat("eu-west", at(0), at(20)).value()) << "its own do not count";
  incident::Change deploy;
  deploy.id = "aaaaaaaaaaaa";
  deploy.at = at(15);
  deploy.components = {"portal"};
  ASSERT_TRUE(second->record_change(deploy));
  EXPECT_TRUE(first->heartbeat("eu-west", at(0), at(30)).value());
}

// Opens an incident where there is none, moves it on where there is one, resolves it at its tenth
// update.
std::optional<Incident> step(const Situation& situation, const std::string& who, int number) {
  if (!situation.open)
    return incident_in("portal", who + std::to_string(10'000 + number), at(number));
  const bool last = situation.open->updates.size() >= 9;
  return continued(*situation.open, last ? Status::resolved : Status::identified, at(number));
}

// Each of the two acts on what it saw; where one wrote between the other's reading and writing, an
// update would be lost, doubled, or a second incident opened.
TEST_P(Sharing, TwoConnectionsRacingLoseNothingAndDoubleNothing) {
  constexpr int rounds = 200;
  std::atomic<int> written = 0;
  const auto race = [&](const std::string& who) {
    const auto store = open();
    for (int done = 0; done < rounds;) {
      const auto result = store->reconcile(
          portal_, {}, [&](const Situation& now) { return step(now, who, done); }, at(done));
      if (!result && result.error().kind == Error::Kind::busy) continue;
      ASSERT_TRUE(result) << result.error().message;
      ++done;
      ++written;
    }
  };
  std::thread other(race, "other");
  race("myown");
  other.join();
  ASSERT_EQ(written, 2 * rounds);

  // 400 steps: the first makes two updates at once, so that every incident takes nine of them.
  const auto incidents = open()->snapshot()->incidents;
  ASSERT_EQ(incidents.size(), 45U);
  std::size_t steps = 0;
  int open_ones = 0;
  for (const Incident& incident : incidents) {
    steps += incident.updates.size() - 1;
    open_ones += incident.is_open() ? 1 : 0;
    int sequence = 0;
    for (const incident::Update& update : incident.updates) EXPECT_EQ(update.sequence, ++sequence);
  }
  EXPECT_EQ(steps, 2U * rounds);
  EXPECT_EQ(open_ones, 1);
}

TEST_P(Sharing, TwoMayOpenAnEmptyPlaceAtOnce) {
  std::atomic<int> opened = 0;
  const auto open_one = [&] {
    // Making the schema takes the lock for a moment; an agent would try again, too.
    EXPECT_TRUE(vedette::test::wait_for([&] { return place_->open().has_value(); }));
    ++opened;
  };
  std::thread first(open_one);
  std::thread second(open_one);
  first.join();
  second.join();
  EXPECT_EQ(opened, 2);
  EXPECT_TRUE(open()->heartbeat("eu-west", at(1), at(1)));
}

INSTANTIATE_TEST_SUITE_P(Store, Sharing, testing::ValuesIn(lasting_backends()),
                         testing::PrintToStringParamName());

}  // namespace
}  // namespace vedette::store::test
