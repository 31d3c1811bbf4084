// SPDX-License-Identifier: Apache-2.0
// Observed changes on their way into a real store that fails on command, in virtual time.
#include "agent/reconcile/observed.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/reconcile/doubles.h"

namespace vedette::reconcile::test {
namespace {

using testing::ElementsAre;

class ObservedTest : public testing::Test {
 protected:
  // So many ticks, 250 ms apart.
  void pass(int ticks) {
    for (; ticks > 0; --ticks) {
      observed_.tick(at(now_ += 250));
      worker_.run();
    }
  }
  void see(const std::string& text, const std::string& region = "eu") {
    incident::Change change;
    change.kind = incident::ChangeKind::observed;
    change.at = at(now_);
    change.recorded = at(now_);
    change.text = text;
    change.author = "check login in " + region;
    change.components = {"portal"};
    change.id = incident::change_id(change);
    observed_.keep(change);
  }
  std::vector<std::string> stored() {
    std::vector<std::string> texts;
    const auto changes = store_.changes(at(0), 5'000).value();
    for (const auto& change : changes) texts.push_back(change.text);
    std::ranges::sort(texts);
    return texts;
  }

  FailingStore store_;
  HandWorker worker_{store_};
  std::vector<std::string> told_;
  Observed observed_{worker_.submit(),
                     [this](const incident::Change& change) { told_.push_back(change.text); }};
  std::int64_t now_ = 0;
};

TEST_F(ObservedTest, IsWrittenAtOnceAndTold) {
  see("certificate");
  worker_.run();
  EXPECT_THAT(stored(), ElementsAre("certificate"));
  EXPECT_THAT(told_, ElementsAre("certificate"));
  EXPECT_EQ(observed_.backlog(), 0U);
}

TEST_F(ObservedTest, WhatAnotherRegionHasToldIsNotToldAgain) {
  see("certificate");
  see("certificate", "us");
  worker_.run();
  EXPECT_THAT(stored(), ElementsAre("certificate"));
  EXPECT_THAT(told_, ElementsAre("certificate"));
  EXPECT_EQ(observed_.backlog(), 0U);
}

TEST_F(ObservedTest, AStoreInTroubleGetsAllOfThemWhenItIsBack) {
  store_.fail(2);
  see("certificate");
  see("answer");
  worker_.run();
  pass(3);
  EXPECT_EQ(observed_.backlog(), 2U);
  pass(12);
  EXPECT_THAT(stored(), ElementsAre("answer", "certificate"));
  EXPECT_THAT(told_, ElementsAre("certificate", "answer")) << "in their order";
}

TEST_F(ObservedTest, AFullQueueIsTriedAgainAtTheNextTick) {
  worker_.set_capacity(0);
  see("certificate");
  EXPECT_EQ(observed_.backlog(), 1U);
  worker_.set_capacity(10);
  pass(1);
  EXPECT_THAT(stored(), ElementsAre("certificate"));
}

TEST_F(ObservedTest, KeepsABoundedNumberWhileTheStoreIsAway) {
  worker_.set_capacity(0);
  for (std::size_t i = 0; i < Observed::most_waiting + 10; ++i) see(std::to_string(i));
  EXPECT_EQ(observed_.backlog(), Observed::most_waiting);
  worker_.set_capacity(10);
  for (int i = 0; i < 2'000 && observed_.backlog() > 0; ++i) pass(1);
  EXPECT_EQ(stored().size(), Observed::most_waiting);
}

}  // namespace
}  // namespace vedette::reconcile::test
