// SPDX-License-Identifier: Apache-2.0
// What probes remember, over a real store that fails on command, in virtual time.
#include "agent/reconcile/memories.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/reconcile/doubles.h"

namespace vedette::reconcile::test {
namespace {

using store::Memory;
using testing::ElementsAre;
using testing::IsEmpty;

class MemoriesTest : public testing::Test {
 protected:
  void start() {
    memories_.emplace(worker_.submit(), "eu-west");
    pass(1);
  }
  // So many ticks, 250 ms apart.
  void pass(int ticks) {
    for (; ticks > 0; --ticks) {
      memories_->tick(at(now_ += 250));
      worker_.run();
    }
  }
  void keep(const std::string& check, const std::string& text) {
    memories_->keep({check, "mailbox", text});
  }
  std::vector<Memory> stored() { return *store_.memories("eu-west"); }
  static Memory memory(const std::string& check, const std::string& text) {
    return {check, "mailbox", text};
  }

  FailingStore store_;
  HandWorker worker_{store_};
  std::optional<Memories> memories_;
  std::int64_t now_ = 0;
};

TEST_F(MemoriesTest, ARestartFindsWhatWasKept) {
  start();
  EXPECT_THAT(memories_->newest(), IsEmpty());
  keep("mail", "12");
  worker_.run();
  start();
  EXPECT_TRUE(memories_->restored());
  EXPECT_EQ(memories_->newest().at({"mail", ""}), memory("mail", "12"));
}

TEST_F(MemoriesTest, TheStoreIsNotAskedForAnythingWhileNothingChanges) {
  start();
  keep("mail", "12");
  worker_.run();
  const int calls = store_.calls();
  pass(100);
  EXPECT_EQ(store_.calls(), calls);
}

TEST_F(MemoriesTest, WhatComesWhileTheStoreIsAtWorkIsWrittenTogetherAndTheNewestWins) {
  start();
  const int calls = store_.calls();
  keep("mail", "12");
  for (int i = 0; i < 100; ++i) keep("mail", std::to_string(i));
  keep("other", "5");
  EXPECT_EQ(memories_->backlog(), 3U) << "one under way, and one per check";
  worker_.run();
  EXPECT_EQ(store_.calls(), calls + 2);
  EXPECT_EQ(memories_->backlog(), 0U);
  EXPECT_THAT(stored(), ElementsAre(memory("mail", "99"), memory("other", "5")));
}

TEST_F(MemoriesTest, AStoreInTroubleGetsTheNewestWhenItIsBack) {
  start();
  store_.fail(3);
  keep("mail", "12");
  worker_.run();
  keep("mail", "13");
  pass(8);
  keep("mail", "14");
  EXPECT_EQ(memories_->backlog(), 1U);
  EXPECT_EQ(memories_->newest().at({"mail", ""}).text, "14");
  pass(8);
  EXPECT_EQ(memories_->backlog(), 0U);
  EXPECT_THAT(stored(), ElementsAre(memory("mail", "14")));
}

TEST_F(MemoriesTest, AFullQueueIsTriedAgainAtTheNextTick) {
  start();
  worker_.set_capacity(0);
  keep("mail", "12");
  EXPECT_EQ(memories_->backlog(), 1U);
  worker_.set_capacity(10);
  pass(1);
  EXPECT_THAT(stored(), ElementsAre(memory("mail", "12")));
}

TEST_F(MemoriesTest, WhatAStoreKnewThatCouldNotBeReadAtTheStartDoesNotOverwriteWhatWasSeenSince) {
  start();
  keep("mail", "12");
  keep("other", "5");
  worker_.run();
  store_.fail(1);
  start();
  EXPECT_FALSE(memories_->restored());
  keep("mail", "3");
  pass(8);
  EXPECT_TRUE(memories_->restored());
  EXPECT_EQ(memories_->newest().at({"mail", ""}).text, "3");
  EXPECT_EQ(memories_->newest().at({"other", ""}).text, "5");
  EXPECT_THAT(stored(), ElementsAre(memory("mail", "3"), memory("other", "5")));
}

TEST_F(MemoriesTest, AStoreThatLostEverythingIsToldEverythingAnew) {
  start();
  keep("mail", "12");
  keep("other", "5");
  worker_.run();
  store_.lose_everything();
  memories_->tell_anew();
  worker_.run();
  EXPECT_THAT(stored(), ElementsAre(memory("mail", "12"), memory("other", "5")));
}

TEST_F(MemoriesTest, ARemovedCheckIsForgottenAlsoWhenTheStoreWasInTrouble) {
  start();
  store_.fail(1);
  keep("mail", "12");
  keep("other", "5");
  memories_->retain({{"other", "portal"}});
  worker_.run();
  pass(8);
  EXPECT_EQ(memories_->newest().count({"mail", ""}), 0U);
  EXPECT_THAT(stored(), ElementsAre(memory("other", "5")));
}

TEST_F(MemoriesTest, WhatMustNotBeWrittenYetWaitsAndHoldsUpNothingElse) {
  bool may_write = false;
  memories_.emplace(worker_.submit(), "eu-west",
                    [&](const MemoryKey& key) { return may_write || key.first != "mail"; });
  pass(1);
  keep("mail", "12");
  keep("other", "5");
  pass(3);
  EXPECT_THAT(stored(), ElementsAre(memory("other", "5")));
  EXPECT_EQ(memories_->backlog(), 1U);
  may_write = true;
  pass(1);
  EXPECT_THAT(stored(), ElementsAre(memory("mail", "12"), memory("other", "5")));
}

TEST_F(MemoriesTest, ThousandsAreWrittenInPieces) {
  start();
  for (int i = 0; i < 1000; ++i) keep(std::to_string(i), "x");
  const int calls = store_.calls();
  worker_.run();
  EXPECT_EQ(memories_->backlog(), 0U);
  EXPECT_EQ(stored().size(), 1000U);
  EXPECT_LT(store_.calls() - calls, 10);
}

TEST_F(MemoriesTest, NobodyHearsOfWhatIsFinishedAfterTheEnd) {
  start();
  keep("mail", "12");
  memories_.reset();
  worker_.run();
  EXPECT_THAT(stored(), ElementsAre(memory("mail", "12")));
}

}  // namespace
}  // namespace vedette::reconcile::test
