// SPDX-License-Identifier: Apache-2.0
// What each switch of the payment API breaks, and what it leaves alone.
#include <chrono>

#include <gmock/gmock.h>

#include "tests/unit/demo/demo_fixture.h"

namespace vedette::demo {
namespace {

class PaymentSwitchesTest : public DemoTest {
 protected:
  web::Response create(const std::string& card) {
    return ask("POST", "/v1/payment_intents", "amount=100&currency=eur&card=" + card);
  }

  const std::string gateway_failed = "500 api_error api_error";
};

TEST_F(PaymentSwitchesTest, OneBrandIsDeclinedAndTheOthersPay) {
  turn("visa", "off");
  EXPECT_EQ(error_of(create("visa")), "402 card_error card_declined generic_decline");
  EXPECT_EQ(create("mastercard").status, 200);
  EXPECT_EQ(create("amex").status, 200);
}

TEST_F(PaymentSwitchesTest, OneBrandIsAuthorisedAndNotCaptured) {
  const auto amex = authorised("amount=100&currency=eur&card=amex");
  const auto visa = authorised();
  turn("amex", "no-capture");
  EXPECT_EQ(refusal(amex + "/capture"), "402 card_error processing_error processing_error");
  EXPECT_EQ(refusal(visa + "/capture"), "200");
  EXPECT_EQ(refusal(amex + "/cancel"), "200");
}

TEST_F(PaymentSwitchesTest, CapturesInEuroAreRejected) {
  const auto euro = authorised();
  const auto pound = authorised("amount=100&currency=gbp&card=visa");
  turn("capture", "reject");
  EXPECT_EQ(refusal(euro + "/capture"),
            "400 invalid_request_error parameter_invalid_integer amount_to_capture");
  EXPECT_EQ(text(get(euro), "status"), "requires_capture");
  EXPECT_EQ(refusal(pound + "/capture"), "200");
}

TEST_F(PaymentSwitchesTest, CapturesTakeAWrongAmount) {
  turn("capture", "wrong");
  EXPECT_EQ(number(post(authorised() + "/capture"), "amount_received"), 99);
  EXPECT_EQ(number(post(authorised() + "/capture", "amount_to_capture=50"), "amount_received"), 49);
}

TEST_F(PaymentSwitchesTest, AStepThatFailsChangesNothing) {
  const auto path = authorised();
  turn("capture", "off");
  EXPECT_EQ(refusal(path + "/capture"), gateway_failed);
  turn("cancel", "off");
  EXPECT_EQ(refusal(path + "/cancel"), gateway_failed);
  EXPECT_EQ(text(get(path), "status"), "requires_capture");
  turn("capture", "on");
  post(path + "/capture");
  turn("refund", "off");
  EXPECT_EQ(refund(path), gateway_failed);
  EXPECT_EQ(number(get(path), "amount_refunded"), 0);
}

TEST_F(PaymentSwitchesTest, OnePaymentInFourFailsAtRandomAndTheSameOnesWithTheSameSeed) {
  const auto flaky = [this](std::uint64_t seed) {
    Shop shop(courier_, {.seed = seed});
    ask_at(shop, "POST", "/switches/authorise/flaky");
    std::string pattern;
    for (int i = 0; i < 400; ++i) {
      const auto answer =
          ask_at(shop, "POST", "/v1/payment_intents", "amount=100&currency=eur&card=visa");
      pattern += answer.status == 200 ? '.' : 'x';
    }
    return pattern;
  };
  const auto pattern = flaky(1);
  const auto failed = std::ranges::count(pattern, 'x');
  EXPECT_GT(failed, 60);  // 100 is expected, with a deviation of 9
  EXPECT_LT(failed, 140);
  EXPECT_EQ(flaky(1), pattern);
  EXPECT_NE(flaky(2), pattern);
}

TEST_F(PaymentSwitchesTest, AnAnswerIsLostAfterTheWorkIsDoneAndAReplayIsNot) {
  turn("payments", "lost");
  const auto lost = post_once("k", "/v1/payment_intents", "amount=100&currency=eur&card=visa");
  EXPECT_TRUE(lost.hang_up);
  EXPECT_EQ(pile("open_authorisations"), 1);
  const auto replayed = post_once("k", "/v1/payment_intents", "amount=100&currency=eur&card=visa");
  EXPECT_FALSE(replayed.hang_up);
  EXPECT_EQ(replayed.status, 200);
  EXPECT_EQ(pile("open_authorisations"), 1);
  EXPECT_FALSE(ask("GET", "/v1/payment_intents").hang_up);
}

TEST_F(PaymentSwitchesTest, AnAnswerIsLateAfterTheWorkIsDoneAndAReplayIsNot) {
  turn("payments", "late");
  const auto timed = [this] {
    const auto began = std::chrono::steady_clock::now();
    post_once("k", "/v1/payment_intents", "amount=100&currency=eur&card=visa");
    return std::chrono::steady_clock::now() - began;
  };
  EXPECT_GE(timed(), lateness);
  EXPECT_LT(timed(), lateness);
  EXPECT_EQ(pile("open_authorisations"), 1);
}

TEST_F(PaymentSwitchesTest, PaymentsReadAsTheyWereBeforeTheirNewestChange) {
  const auto path = authorised();
  post(path + "/capture");
  turn("reads", "stale");
  EXPECT_EQ(text(get(path), "status"), "requires_capture");
  EXPECT_EQ(text(get("/v1/payment_intents").at("data").at(0), "status"), "requires_capture");
  const auto begun = text(post("/v1/payment_intents", "amount=1&currency=eur"), "id");
  EXPECT_EQ(status("GET", "/v1/payment_intents/" + begun), 404);
  turn("reads", "on");
  EXPECT_EQ(text(get(path), "status"), "succeeded");
}

TEST_F(PaymentSwitchesTest, ThePaymentApiIsOneSwitch) {
  const auto path = authorised();
  turn("payments", "off");
  EXPECT_EQ(create("visa").status, 503);
  EXPECT_EQ(status("POST", path + "/cancel"), 503);
  EXPECT_EQ(pile("open_authorisations"), 1);
}

}  // namespace
}  // namespace vedette::demo
