// SPDX-License-Identifier: Apache-2.0
#include "probes/task_group.h"

#include <chrono>
#include <stdexcept>
#include <vector>

#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <gtest/gtest.h>

#include "tests/support/run_coroutine.h"

namespace vedette {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

class TaskGroupTest : public testing::Test {
 protected:
  asio::awaitable<void> sleep(std::chrono::milliseconds time) {
    asio::steady_timer timer(loop_, time);
    co_await timer.async_wait(asio::use_awaitable);
    ++finished_;
  }
  asio::awaitable<void> fail() {
    co_await asio::post(loop_, asio::use_awaitable);
    throw std::runtime_error("a bug");
  }

  asio::io_context loop_;
  std::vector<std::string> escaped_;
  int finished_ = 0;
  TaskGroup tasks_{loop_.get_executor(), [this](std::exception_ptr error) {
                     try {
                       std::rethrow_exception(error);
                     } catch (const std::exception& thrown) {
                       escaped_.push_back(thrown.what());
                     }
                   }};
};

TEST_F(TaskGroupTest, RunsTasksAndForgetsThem) {
  tasks_.spawn(sleep(1ms));
  tasks_.spawn(sleep(2ms));
  EXPECT_EQ(tasks_.size(), 2U);
  loop_.run();
  EXPECT_EQ(tasks_.size(), 0U);
  EXPECT_EQ(finished_, 2);
  EXPECT_TRUE(escaped_.empty());
}

TEST_F(TaskGroupTest, TellsWhatEscapesATask) {
  tasks_.spawn(fail());
  tasks_.spawn(sleep(1ms));
  loop_.run();
  EXPECT_EQ(escaped_, std::vector<std::string>{"a bug"});
  EXPECT_EQ(finished_, 1);
}

TEST_F(TaskGroupTest, StopCancelsAllAndWaitsForThem) {
  for (int i = 0; i < 10; ++i) {
    tasks_.spawn(sleep(1h));
  }
  loop_.poll();
  test::run_coroutine(loop_, tasks_.stop());
  EXPECT_EQ(tasks_.size(), 0U);
  EXPECT_EQ(finished_, 0);
  EXPECT_TRUE(escaped_.empty());
}

TEST_F(TaskGroupTest, StopWaitsForATaskThatCleansUp) {
  bool cleaned = false;
  const auto careful = [&]() -> asio::awaitable<void> {
    try {
      co_await sleep(1h);
    } catch (const boost::system::system_error&) {
      // Goes on below: no co_await in a handler.
    }
    co_await asio::this_coro::reset_cancellation_state();
    co_await sleep(20ms);
    cleaned = true;
  };
  tasks_.spawn(careful());
  loop_.poll();
  test::run_coroutine(loop_, tasks_.stop());
  EXPECT_TRUE(cleaned);
}

TEST_F(TaskGroupTest, StopOfAnEmptyGroupEndsAtOnce) {
  test::run_coroutine(loop_, tasks_.stop());
  test::run_coroutine(loop_, tasks_.stop());
  EXPECT_EQ(tasks_.size(), 0U);
}

TEST_F(TaskGroupTest, TaskThatComesAfterStopIsDropped) {
  test::run_coroutine(loop_, tasks_.stop());
  tasks_.spawn(sleep(0ms));
  EXPECT_EQ(tasks_.size(), 0U);
  loop_.restart();
  loop_.run();
  EXPECT_EQ(finished_, 0);
}

TEST_F(TaskGroupTest, CancelBeforeTheFirstStepOfATask) {
  tasks_.spawn(sleep(1h));
  tasks_.cancel();
  loop_.run();
  EXPECT_EQ(tasks_.size(), 0U);
  EXPECT_EQ(finished_, 0);
  EXPECT_TRUE(escaped_.empty());
}

TEST_F(TaskGroupTest, CancelFromWithinATask) {
  const auto canceller = [this]() -> asio::awaitable<void> {
    co_await asio::post(loop_, asio::use_awaitable);
    tasks_.cancel();
  };
  tasks_.spawn(sleep(1h));
  tasks_.spawn(canceller());
  tasks_.spawn(sleep(1h));
  loop_.run();
  EXPECT_EQ(tasks_.size(), 0U);
}

TEST_F(TaskGroupTest, BugDuringCancellationIsStillTold) {
  const auto careless = [this]() -> asio::awaitable<void> {
    try {
      co_await sleep(1h);
    } catch (const boost::system::system_error&) {
      throw std::runtime_error("a bug in the clean-up");
    }
  };
  tasks_.spawn(careless());
  loop_.poll();
  test::run_coroutine(loop_, tasks_.stop());
  EXPECT_EQ(escaped_, std::vector<std::string>{"a bug in the clean-up"});
}

TEST_F(TaskGroupTest, ManyTasksFinishingWhileCancelled) {
  for (int i = 0; i < 200; ++i) {
    tasks_.spawn(sleep(std::chrono::milliseconds(i % 3)));
  }
  loop_.run_for(1ms);
  tasks_.cancel();
  loop_.restart();
  loop_.run();
  EXPECT_EQ(tasks_.size(), 0U);
  EXPECT_TRUE(escaped_.empty());
}

TEST(TaskGroupLifetime, GroupGoesBeforeItsLoopWithTasksInIt) {
  asio::io_context loop;
  const auto sleep = [&loop]() -> asio::awaitable<void> {
    asio::steady_timer timer(loop, 1h);
    co_await timer.async_wait(asio::use_awaitable);
  };
  {
    TaskGroup tasks(loop.get_executor(), [](std::exception_ptr) { ADD_FAILURE(); });
    tasks.spawn(sleep());
    loop.poll();
  }
  loop.restart();
  loop.poll();
}

}  // namespace
}  // namespace vedette
