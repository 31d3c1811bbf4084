// SPDX-License-Identifier: Apache-2.0
#include "agent/detect/drift.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vedette::detect {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

std::vector<Shift> look(Drift& drift, const std::string& value) {
  return drift.look({{"certificate", value}}).shifts;
}

const std::vector<sights::Sight>& watched() {
  static const std::vector<sights::Sight> sights{{"certificate", sights::Sight::Certificate{}}};
  return sights;
}

TEST(Drift, TakesTheFirstValueAsItIs) {
  Drift drift;
  EXPECT_THAT(look(drift, "a"), IsEmpty());
  EXPECT_THAT(look(drift, "a"), IsEmpty());
}

TEST(Drift, TellsWhatWasThereBeforeAndWhatIsThereNowOnce) {
  Drift drift;
  look(drift, "a");
  const auto shifts = look(drift, "b");
  ASSERT_THAT(shifts, SizeIs(1));
  EXPECT_EQ(shifts[0].what, "certificate");
  EXPECT_EQ(shifts[0].before, "a");
  EXPECT_EQ(shifts[0].after, "b");
  EXPECT_FALSE(shifts[0].restless);
  EXPECT_THAT(look(drift, "b"), IsEmpty());
}

TEST(Drift, ServersThatTakeTurnsAreNoRowOfChanges) {
  Drift drift;
  int told = 0;
  for (int run = 0; run < 200; ++run)
    told += static_cast<int>(look(drift, fmt::format("server {}", run % 3)).size());
  EXPECT_EQ(told, 2) << "each of the two others is new once";
}

TEST(Drift, TheOldValueIsNewWhenItComesBackAfterALongTime) {
  Drift drift;
  look(drift, "a");
  look(drift, "b");
  for (std::uint32_t run = 0; run < Drift::reach; ++run) EXPECT_THAT(look(drift, "b"), IsEmpty());
  const auto shifts = look(drift, "a");
  ASSERT_THAT(shifts, SizeIs(1));
  EXPECT_EQ(shifts[0].before, "b");
}

TEST(Drift, WhatIsNewInEveryRunIsSoonNotToldAnyMore) {
  Drift drift;
  std::vector<Shift> told;
  for (int run = 0; run < 100; ++run) {
    for (auto& shift : look(drift, std::to_string(run))) told.push_back(std::move(shift));
  }
  ASSERT_THAT(told, SizeIs(3));
  EXPECT_FALSE(told[1].restless);
  EXPECT_TRUE(told[2].restless) << "it says that it is the last one";
}

TEST(Drift, WhatWasRestlessIsToldAgainOnceItHasKeptStill) {
  Drift drift;
  for (int run = 0; run < 10; ++run) look(drift, std::to_string(run));
  for (std::uint32_t run = 0; run <= Drift::reach; ++run) look(drift, "calm");
  EXPECT_THAT(look(drift, "changed"), SizeIs(1));
}

TEST(Drift, GoesOnAfterARestart) {
  Drift before;
  look(before, "a");
  look(before, "b");
  Drift after(before.memory(), watched());
  EXPECT_THAT(look(after, "b"), IsEmpty());
  EXPECT_THAT(look(after, "a"), IsEmpty()) << "it was there shortly before";
  const auto shifts = look(after, "c");
  ASSERT_THAT(shifts, SizeIs(1));
}

TEST(Drift, AChangeDuringTheRestartIsToldWithWhatWasThereLast) {
  Drift before;
  look(before, "a");
  look(before, "b");
  Drift after(before.memory(), watched());
  const auto shifts = look(after, "c");
  ASSERT_THAT(shifts, SizeIs(1));
  EXPECT_EQ(shifts[0].before, "b");
}

TEST(Drift, WhatIsRestlessStaysSoThroughARestartAndCostsNoWriting) {
  Drift before;
  for (int run = 0; run < 10; ++run) look(before, std::to_string(run));
  const auto memory = before.memory();
  look(before, "another");
  EXPECT_EQ(before.memory(), memory);
  Drift after(memory, watched());
  for (int run = 0; run < 50; ++run)
    EXPECT_THAT(look(after, fmt::format("later {}", run)), IsEmpty());
}

TEST(Drift, ForgetsWhatIsWatchedNoLongerAndWhatItCannotRead) {
  Drift before;
  before.look({{"certificate", "a"}, {"header Server", "x"}});
  Drift after(before.memory(), watched());
  EXPECT_EQ(after.memory(), R"({"certificate":["a"]})");
  for (const auto* broken : {"", "{", "[]", "7", R"({"certificate":7})", R"({"certificate":[7]})"})
    EXPECT_THAT(Drift(broken, watched()).look({{"certificate", "a"}}).shifts, IsEmpty()) << broken;
}

TEST(Drift, TellsWhoAsksWhatIsThere) {
  Drift drift;
  look(drift, "a");
  look(drift, "b");
  EXPECT_THAT(drift.account(), testing::ElementsAre("watched for changes: certificate: b"));
  for (int run = 0; run < 10; ++run) look(drift, std::to_string(run));
  EXPECT_THAT(drift.account(),
              testing::ElementsAre("watched for changes: certificate: it changes all the time, and "
                                   "is not told"));
}

TEST(Drift, KeepsABoundedNumberOfValues) {
  Drift drift;
  for (int run = 0; run < 10'000; ++run) look(drift, std::string(200, 'x') + std::to_string(run));
  EXPECT_LT(drift.memory().size(), 4096U);
}

TEST(Drift, SaysWhenThereIsSomethingNewToRemember) {
  Drift drift;
  EXPECT_TRUE(drift.look({{"certificate", "a"}}).met_new);
  EXPECT_FALSE(drift.look({{"certificate", "a"}}).met_new);
  EXPECT_TRUE(drift.look({{"certificate", "b"}}).met_new);
}

}  // namespace
}  // namespace vedette::detect
