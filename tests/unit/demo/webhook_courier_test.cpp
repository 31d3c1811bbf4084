// SPDX-License-Identifier: Apache-2.0
// The bounds of the courier. That webhooks arrive is shown with the whole demo.
#include "agent/demo/payments/webhook_courier.h"

#include <gtest/gtest.h>

#include "tests/support/free_port.h"
#include "tests/support/run_coroutine.h"

namespace vedette::demo {
namespace {

class WebhookCourierTest : public testing::Test {
 protected:
  Delivery to_nobody() const {
    return {"http://127.0.0.1:" + std::to_string(nobody.port()) + "/",
            std::make_shared<const std::string>("{}"), "whsec"};
  }
  void run_until_idle() {
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (courier.counts().pending > 0 && loop.run_one_until(limit) > 0) {
    }
  }

  boost::asio::io_context loop{1};
  test::RefusingPort nobody;
  WebhookCourier courier{loop, {Duration{0}, Duration{1}, Duration{1}}};
};

TEST_F(WebhookCourierTest, GivesUpAfterTheLastAttempt) {
  courier.send(to_nobody());
  run_until_idle();
  EXPECT_EQ(courier.counts().given_up, 1U);
  EXPECT_EQ(courier.counts().delivered, 0U);
  test::run_coroutine(loop, courier.stop());
}

TEST_F(WebhookCourierTest, DropsAndCountsWhatIsTooMuch) {
  for (std::size_t i = 0; i < WebhookCourier::most_pending + 3; ++i) courier.send(to_nobody());
  EXPECT_EQ(courier.counts().pending, WebhookCourier::most_pending);
  EXPECT_EQ(courier.counts().dropped, 3U);
  test::run_coroutine(loop, courier.stop());
  EXPECT_EQ(courier.counts().pending, 0U);
}

}  // namespace
}  // namespace vedette::demo
