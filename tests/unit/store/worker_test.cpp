// SPDX-License-Identifier: Apache-2.0
// The store's thread: order, bounds, health, and an end that loses nothing.
#include "agent/store/worker.h"

#include <future>
#include <thread>

#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "agent/store/sqlite_store.h"
#include "tests/support/wait_for.h"
#include "tests/unit/store/samples.h"

namespace vedette::store::test {
namespace {

using testing::ElementsAre;
using vedette::test::wait_for;

constexpr Duration long_enough{20'000};
constexpr WorkerLimits small{3, {Duration(1), Duration(2)}};

Expected<std::unique_ptr<Store>> open_memory() {
  return open_sqlite(":memory:");
}

class WorkerTest : public testing::Test {
 protected:
  // Runs the core loop until the condition holds.
  template <class Condition>
  bool loop_until(Condition condition) {
    return wait_for([&] {
      core_.restart();
      core_.poll();
      return condition();
    });
  }

  boost::asio::io_context core_;
};

// Work that holds the store thread until the test lets it go.
class Gate {
 public:
  Worker::Work work() {
    return [this](Store&) {
      entered_.set_value();
      open_.get_future().wait();
    };
  }
  void wait_until_entered() { entered_.get_future().wait(); }
  void open() { open_.set_value(); }

 private:
  std::promise<void> entered_, open_;
};

void ignore() {}

TEST_F(WorkerTest, WorksInOrderOnItsOwnThreadAndAnswersOnTheCoreLoop) {
  Worker worker(core_.get_executor(), open_memory);
  const auto here = std::this_thread::get_id();
  std::thread::id there;
  std::vector<std::string> told;
  ASSERT_TRUE(worker.submit([&](Store& store) { (void)store.heartbeat("eu-west", at(1), at(1)); },
                            [&] { told.push_back("first"); }));
  ASSERT_TRUE(worker.submit([&](Store&) { there = std::this_thread::get_id(); },
                            [&] {
                              EXPECT_EQ(std::this_thread::get_id(), here);
                              told.push_back("second");
                            }));
  ASSERT_TRUE(loop_until([&] { return told.size() == 2; }));
  EXPECT_THAT(told, ElementsAre("first", "second"));
  EXPECT_NE(there, here);
}

TEST_F(WorkerTest, RefusesWorkBeyondItsBoundAndCountsWhatWaits) {
  Worker worker(core_.get_executor(), open_memory, small);
  Gate gate;
  int done = 0;
  ASSERT_TRUE(worker.submit(gate.work(), [&] { ++done; }));
  gate.wait_until_entered();
  EXPECT_EQ(worker.depth(), 1U);
  EXPECT_TRUE(worker.submit([](Store&) {}, [&] { ++done; }));
  EXPECT_TRUE(worker.submit([](Store&) {}, [&] { ++done; }));
  EXPECT_FALSE(worker.submit([](Store&) { FAIL(); }, [] { FAIL(); }));
  EXPECT_EQ(worker.depth(), 3U);
  gate.open();
  ASSERT_TRUE(loop_until([&] { return done == 3; }));
  EXPECT_EQ(worker.depth(), 0U);
  EXPECT_TRUE(worker.submit([](Store&) {}, ignore));
}

TEST_F(WorkerTest, KeepsTryingToOpenAndTellsItsHealth) {
  std::atomic<int> attempts = 0;
  std::atomic<bool> mended = false;
  const Open open = [&]() -> Expected<std::unique_ptr<Store>> {
    ++attempts;
    if (mended) return open_memory();
    return std::unexpected(Error{Error::Kind::unavailable, "the disk sulks"});
  };
  Worker worker(core_.get_executor(), open, small);
  std::vector<std::string> told;
  worker.on_health(
      [&](const Health& health) { told.push_back(health.ok ? "ok" : health.message); });
  EXPECT_FALSE(worker.health().ok);
  ASSERT_TRUE(loop_until([&] { return attempts > 3; }));
  EXPECT_EQ(worker.health().message, "the disk sulks");

  std::optional<Error> answer;
  ASSERT_TRUE(worker.submit([&](Store& store) { answer = store.snapshot().error(); }, ignore));
  ASSERT_TRUE(loop_until([&] { return worker.depth() == 0; }));
  EXPECT_EQ(answer->message, "the disk sulks");

  mended = true;
  ASSERT_TRUE(loop_until([&] { return worker.health().ok; }));
  EXPECT_THAT(told, ElementsAre("the disk sulks", "ok"));
  EXPECT_GE(worker.health().since, wall_now() - long_enough);
}

TEST_F(WorkerTest, HealthIsAsNewAsTheAnswer) {
  Worker worker(core_.get_executor(), open_memory, small);
  bool healthy = false;
  ASSERT_TRUE(worker.submit([](Store& store) { (void)store.snapshot(); },
                            [&] { healthy = worker.health().ok; }));
  ASSERT_TRUE(loop_until([&] { return healthy; }));
}

TEST_F(WorkerTest, StopFinishesWhatWaitsAndTakesNoMore) {
  Worker worker(core_.get_executor(), open_memory, small);
  Gate gate;
  std::atomic<int> worked = 0;
  int done = 0;
  ASSERT_TRUE(worker.submit(gate.work(), [&] { ++done; }));
  ASSERT_TRUE(worker.submit([&](Store&) { ++worked; }, [&] { ++done; }));
  ASSERT_TRUE(worker.submit([&](Store&) { ++worked; }, [&] { ++done; }));
  gate.open();
  EXPECT_TRUE(worker.stop(long_enough));
  EXPECT_EQ(worked, 2);
  EXPECT_FALSE(worker.submit([](Store&) {}, ignore));
  core_.poll();
  EXPECT_EQ(done, 3);
  EXPECT_TRUE(worker.stop(long_enough));
}

TEST_F(WorkerTest, StopDoesNotWaitForADiskThatHangs) {
  // The thread outlives the worker, so what it holds must, too.
  const auto gate = std::make_shared<Gate>();
  std::promise<void> ended;
  {
    Worker worker(core_.get_executor(), open_memory, small);
    ASSERT_TRUE(worker.submit(
        [gate, work = gate->work(), &ended](Store& store) {
          work(store);
          ended.set_value();
        },
        [] { FAIL(); }));
    gate->wait_until_entered();
    ASSERT_TRUE(worker.submit([](Store&) { FAIL(); }, [] { FAIL(); }));
    EXPECT_FALSE(worker.stop(Duration(1)));
  }
  gate->open();
  ended.get_future().wait();
  core_.poll();
}

TEST_F(WorkerTest, NobodyIsCalledAfterItsEnd) {
  {
    Worker worker(core_.get_executor(), open_memory, small);
    worker.on_health([](const Health&) { FAIL(); });
    ASSERT_TRUE(worker.submit([](Store&) {}, [] { FAIL(); }));
    EXPECT_TRUE(worker.stop(long_enough));
  }
  EXPECT_GE(core_.poll(), 1U);
}

}  // namespace
}  // namespace vedette::store::test
