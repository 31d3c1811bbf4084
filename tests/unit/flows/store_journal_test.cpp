// SPDX-License-Identifier: Apache-2.0
// The journal of flows in the store: written before a step is sent, cheap, and never lost for a
// store in trouble.
#include "agent/flows/store_journal.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "agent/store/sqlite_store.h"
#include "tests/support/run_coroutine.h"
#include "tests/support/temp_dir.h"

namespace vedette::flows {
namespace {

using namespace std::chrono_literals;
using test::run_coroutine;
using testing::ElementsAre;
using testing::HasSubstr;

flow::Entry entry(const std::string& step, const std::string& run = "r1") {
  flow::Entry made;
  made.id = run + "/" + step;
  made.flow = "payment";
  made.run = run;
  made.step = step;
  made.noted = wall_now();
  made.values = "{}";
  return made;
}

class Journal : public testing::Test {
 protected:
  Submit submit() {
    return [this](auto work, auto done, auto executor) {
      if (busy_) return false;
      ++transactions_;
      work(*store_);
      if (on_answer_) on_answer_();
      boost::asio::post(executor, done);
      return true;
    };
  }
  StoreJournal journal_of(const std::string& agent) {
    return {loop_.get_executor(), submit(), {"eu", agent}};
  }
  std::vector<std::string> stored(const std::string& agent = "probe-1", Instant now = wall_now()) {
    std::vector<std::string> ids;
    const auto entries = store_->journal({"eu", agent}, "payment", now);
    for (const auto& one : entries.value()) ids.push_back(one.id + " " + one.values);
    return ids;
  }

  test::TempDir directory_;
  std::unique_ptr<store::Store> store_ =
      std::move(store::open_sqlite(directory_ / "vedette.db")).value();
  boost::asio::io_context loop_;
  int transactions_ = 0;
  bool busy_ = false;
  std::function<void()> on_answer_;  // after the store has read, before anybody hears of it
};

TEST_F(Journal, ANoteIsInTheStoreWhenItReturns) {
  auto journal = journal_of("probe-1");
  EXPECT_TRUE(run_coroutine(loop_, journal.note(entry("authorise"))));
  EXPECT_THAT(stored(), ElementsAre("r1/authorise {}"));
}

TEST_F(Journal, WhatNeedNotBeWaitedForRidesWithTheNextNote) {
  auto journal = journal_of("probe-1");
  run_coroutine(loop_, journal.note(entry("authorise")));
  journal.learned("r1/authorise", R"({"intent":1})");
  run_coroutine(loop_, journal.note(entry("capture")));
  EXPECT_EQ(transactions_, 2) << "one for each step with a cleanup";
  EXPECT_THAT(stored(), ElementsAre(R"(r1/authorise {"intent":1})", "r1/capture {}"));
}

TEST_F(Journal, WhatNeedNotBeWaitedForIsWrittenSoonWithoutAnotherNote) {
  auto journal = journal_of("probe-1");
  run_coroutine(loop_, journal.note(entry("authorise")));
  journal.settled("r1/authorise");
  loop_.restart();
  loop_.run();  // until the timer has fired and the write is done
  EXPECT_THAT(stored(), ElementsAre());
}

TEST_F(Journal, WhatIsSettledIsNotPendingThoughTheStoreHasNotHeardOfIt) {
  auto journal = journal_of("probe-1");
  run_coroutine(loop_, journal.note(entry("authorise")));
  run_coroutine(loop_, journal.note(entry("capture")));
  journal.settled("r1/capture");
  EXPECT_EQ(stored().size(), 2U);
  const auto pending = run_coroutine(loop_, journal.pending("payment"));
  ASSERT_TRUE(pending);
  ASSERT_EQ(pending->size(), 1U);
  EXPECT_EQ(pending->front().id, "r1/authorise");
}

TEST_F(Journal, WhatIsSettledWhileTheStoreAnswersIsNotPending) {
  auto journal = journal_of("probe-1");
  bool settled = false;
  run_coroutine(loop_, journal.note(entry("authorise")));
  on_answer_ = [&] {
    if (!std::exchange(settled, true)) journal.settled("r1/authorise");
  };
  const auto pending = run_coroutine(loop_, journal.pending("payment"));
  ASSERT_TRUE(pending);
  EXPECT_TRUE(pending->empty());
}

TEST_F(Journal, AStoreThatIsTooBusyStopsTheStepAndLosesNothing) {
  auto journal = journal_of("probe-1");
  run_coroutine(loop_, journal.note(entry("authorise")));
  busy_ = true;
  journal.settled("r1/authorise");
  const auto refused = run_coroutine(loop_, journal.note(entry("capture")));
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error(), HasSubstr("too busy"));
  busy_ = false;
  loop_.restart();
  loop_.run();
  EXPECT_THAT(stored(), ElementsAre()) << "what was settled meanwhile is written after all";
}

TEST_F(Journal, TheEndOfTheLoopDoesNotWaitForAStoreInTrouble) {
  auto journal = journal_of("probe-1");
  run_coroutine(loop_, journal.note(entry("authorise")));
  busy_ = true;
  journal.begin_to_end();
  journal.settled("r1/authorise");
  loop_.restart();
  loop_.run();  // ends, rather than trying again for ever
  busy_ = false;
  journal.flush();
  EXPECT_THAT(stored(), ElementsAre());
}

TEST_F(Journal, ADeadAgentsEntriesAreTakenOverAndALivingOnesAreNot) {
  auto first = journal_of("probe-1");
  auto second = journal_of("probe-2");
  run_coroutine(loop_, first.note(entry("authorise")));
  const auto now = wall_now();
  EXPECT_THAT(stored("probe-1", now), ElementsAre("r1/authorise {}")) << "it is alive now";
  EXPECT_THAT(stored("probe-2", now + 4min), ElementsAre());
  EXPECT_THAT(stored("probe-2", now + 6min), ElementsAre("r1/authorise {}"));
}

TEST_F(Journal, ARunUnderWayIsTheRunsOwnBusiness) {
  auto journal = journal_of("probe-1");
  journal.begin("r1");
  EXPECT_TRUE(journal.under_way("r1"));
  journal.end("r1");
  EXPECT_FALSE(journal.under_way("r1"));
}

TEST_F(Journal, WhatWasSpentIsRememberedForADayAcrossStarts) {
  const auto now = wall_now();
  {
    auto journal = journal_of("probe-1");
    run_coroutine(loop_, journal.spend("payment", {"r1", now - 23h, 100}));
    run_coroutine(loop_, journal.spend("payment", {"r2", now, 200}));
    run_coroutine(loop_, journal.spend("other", {"r3", now, 300}));
  }
  store_ = std::move(store::open_sqlite(directory_ / "vedette.db")).value();
  auto journal = journal_of("probe-1");
  const auto spent = run_coroutine(loop_, journal.spent("payment", now - 24h));
  ASSERT_TRUE(spent);
  EXPECT_THAT(*spent, ElementsAre(flow::Spent{"r1", now - 23h, 100}, flow::Spent{"r2", now, 200}));
}

}  // namespace
}  // namespace vedette::flows
