// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "agent/control/gate.h"

namespace vedette::control {
namespace {

using namespace std::chrono_literals;

Steady::time_point at(int milliseconds) {
  return Steady::time_point(std::chrono::milliseconds(milliseconds));
}

TEST(Sight, OnlyARoundThatBeganAfterTheRunSaysWhetherItSaw) {
  Sight sight;
  EXPECT_EQ(sight.at(at(0)), std::nullopt);
  sight.note({at(100), true});
  EXPECT_EQ(sight.at(at(100)), true);
  EXPECT_EQ(sight.at(at(101)), std::nullopt) << "the network may have gone since";
  sight.note({at(200), false});
  EXPECT_EQ(sight.at(at(101)), false);
  sight.note({at(150), true});
  EXPECT_EQ(sight.at(at(101)), false) << "an older round that ended late";
}

TEST(Lateness, ARunThatTookLongerThanItsTimeoutAllowsWasUnattended) {
  EXPECT_FALSE(was_unattended(5s, 5s));
  EXPECT_FALSE(was_unattended(6s, 5s));
  EXPECT_TRUE(was_unattended(7s, 5s));
  EXPECT_TRUE(was_unattended(-10s, 5s)) << "the clock was put back";
}

struct Listener : Waiter {
  void on_round() override { ++rounds; }
  int rounds = 0;
};

TEST(Gate, WithoutControlsEverythingIsTakenForSeen) {
  Gate gate([] { FAIL() << "nobody is to be asked"; });
  EXPECT_EQ(gate.sees(at(0), nullptr), true);
}

TEST(Gate, AsksOnceForAllWhoWaitAndTellsThem) {
  int asked = 0;
  Gate gate([&] { ++asked; });
  gate.enable(true);
  const auto one = std::make_shared<Listener>(), other = std::make_shared<Listener>();
  EXPECT_EQ(gate.sees(at(10), one), std::nullopt);
  EXPECT_EQ(gate.sees(at(12), other), std::nullopt);
  EXPECT_EQ(asked, 1);
  gate.note({at(11), true});
  EXPECT_EQ(one->rounds, 1);
  EXPECT_EQ(other->rounds, 1);
  EXPECT_EQ(gate.sees(at(10), one), true);
  EXPECT_EQ(gate.sees(at(12), other), std::nullopt) << "that round began before it";
  EXPECT_EQ(asked, 2);
}

TEST(Gate, WhoIsGoneIsNotTold) {
  Gate gate([] {});
  gate.enable(true);
  auto one = std::make_shared<Listener>();
  EXPECT_EQ(gate.sees(at(10), one), std::nullopt);
  one.reset();
  gate.note({at(11), false});
  EXPECT_EQ(gate.sees(at(10), nullptr), false);
}

TEST(Gate, WhoWaitsIsToldWhenTheControlsAreTakenAway) {
  Gate gate([] {});
  gate.enable(true);
  const auto one = std::make_shared<Listener>();
  EXPECT_EQ(gate.sees(at(10), one), std::nullopt);
  gate.enable(false);
  EXPECT_EQ(one->rounds, 1);
  EXPECT_EQ(gate.sees(at(10), one), true);
}

}  // namespace
}  // namespace vedette::control
