// SPDX-License-Identifier: Apache-2.0
#include "probes/gather.h"

#include <chrono>
#include <stdexcept>

#include <boost/asio/steady_timer.hpp>
#include <gtest/gtest.h>

#include "tests/support/run_coroutine.h"

namespace vedette {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

class GatherTest : public testing::Test {
 protected:
  asio::awaitable<int> after(std::chrono::milliseconds time, int value) {
    asio::steady_timer timer(loop_, time);
    co_await timer.async_wait(asio::use_awaitable);
    ++ended_;
    co_return value;
  }

  asio::awaitable<int> fail() {
    co_await after(1ms, 0);
    throw std::runtime_error("a bug");
  }

  asio::io_context loop_;
  int ended_ = 0;
};

TEST_F(GatherTest, GivesResultsInTheOrderOfTheTasks) {
  std::vector<asio::awaitable<int>> tasks;
  tasks.push_back(after(20ms, 1));
  tasks.push_back(after(1ms, 2));
  tasks.push_back(after(10ms, 3));
  EXPECT_EQ(test::run_coroutine(loop_, gather(std::move(tasks))), (std::vector{1, 2, 3}));
  EXPECT_TRUE(test::run_coroutine(loop_, gather(std::vector<asio::awaitable<int>>())).empty());
}

TEST_F(GatherTest, WaitsForAllAlsoWhenOneThrows) {
  std::vector<asio::awaitable<int>> tasks;
  tasks.push_back(fail());
  tasks.push_back(after(20ms, 2));
  EXPECT_THROW(test::run_coroutine(loop_, gather(std::move(tasks))), std::runtime_error);
  EXPECT_EQ(ended_, 2);
}

}  // namespace
}  // namespace vedette
