// SPDX-License-Identifier: Apache-2.0
// Calls of providers reach the run they are meant for, and nobody else.
#include "agent/flows/callback_desk.h"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include "tests/support/run_coroutine.h"

namespace vedette::flows {
namespace {

using namespace std::chrono_literals;
using test::run_coroutine;

class Desk : public testing::Test {
 protected:
  web::Request call(const std::string& body) {
    web::Request request;
    request.method = "POST";
    request.headers = {{"X-Event", "paid"}};
    request.body = body;
    return request;
  }
  static std::string token_of(const flow::Callback& callback) {
    return callback.url().substr(callback.url().rfind('/') + 1);
  }
  void settle() {
    loop_.restart();
    loop_.poll();
  }

  boost::asio::io_context loop_;
  CallbackDesk desk_{loop_.get_executor()};
  std::unique_ptr<flow::Callbacks> callbacks_ =
      callbacks_of(desk_, "https://hooks.test", loop_.get_executor());
};

TEST_F(Desk, ACallReachesWhoWaitsForItInOrder) {
  const auto callback = callbacks_->open().value();
  EXPECT_TRUE(callback->url().starts_with("https://hooks.test/hooks/"));
  settle();
  EXPECT_EQ(desk_.take(token_of(*callback), call("one")).status, 200);
  EXPECT_EQ(desk_.take(token_of(*callback), call("two")).status, 200);
  const auto first = run_coroutine(loop_, callback->next(Deadline::in(5s)));
  const auto second = run_coroutine(loop_, callback->next(Deadline::in(5s)));
  EXPECT_EQ(first->body, "one");
  EXPECT_EQ(first->headers.front().second, "paid");
  EXPECT_EQ(second->body, "two");
}

TEST_F(Desk, NothingComesUntilTheDeadline) {
  const auto callback = callbacks_->open().value();
  EXPECT_FALSE(run_coroutine(loop_, callback->next(Deadline::in(10ms))));
}

TEST_F(Desk, AUrlIsNobodysBeforeAndAfterItsRun) {
  std::string token;
  {
    const auto callback = callbacks_->open().value();
    token = token_of(*callback);
    EXPECT_GE(token.size(), 32U);
    settle();
    EXPECT_EQ(desk_.take(std::string(32, '0'), call("guess")).status, 404);
  }
  settle();
  EXPECT_EQ(desk_.take(token, call("late")).status, 404);
}

TEST_F(Desk, AFloodOfCallsIsBounded) {
  const auto callback = callbacks_->open().value();
  settle();
  int taken = 0;
  for (int i = 0; i < 100; ++i) taken += desk_.take(token_of(*callback), call("x")).status == 200;
  EXPECT_EQ(taken, static_cast<int>(flow::Callback::most_waiting));
}

TEST_F(Desk, AnOwnServerTakesCallsAndNothingElse) {
  const auto callback = callbacks_->open().value();
  settle();
  const auto handle = callback_handler(desk_);
  auto request = call("one");
  request.path = "/hooks/" + token_of(*callback);
  EXPECT_EQ(run_coroutine(loop_, handle(request)).status, 200);
  request.method = "GET";
  EXPECT_EQ(run_coroutine(loop_, handle(request)).status, 404);
  request.method = "POST";
  request.path = "/metrics";
  EXPECT_EQ(run_coroutine(loop_, handle(request)).status, 404);
}

}  // namespace
}  // namespace vedette::flows
