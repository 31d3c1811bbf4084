// SPDX-License-Identifier: Apache-2.0
// A request that is sent again under its key is done once.
#include <gmock/gmock.h>

#include "tests/unit/demo/demo_fixture.h"

namespace vedette::demo {
namespace {

using testing::Contains;
using testing::Field;

class IdempotencyTest : public DemoTest {
 protected:
  std::int64_t counted(const std::string& name) { return number(get("/ledger.json"), name); }

  const std::string create = "/v1/payment_intents";
  const std::string form = "amount=100&currency=eur&card=visa";
};

TEST_F(IdempotencyTest, TheSameKeyAndParametersGetTheFirstAnswerAgain) {
  const auto first = post_once("k1", create, form);
  const auto again = post_once("k1", create, "card=visa&currency=eur&amount=100");
  EXPECT_EQ(*again.body, *first.body);
  EXPECT_EQ(again.status, 200);
  EXPECT_THAT(again.headers, Contains(Field(&web::Header::name, "Idempotent-Replayed")));
  EXPECT_EQ(counted("payments_in_all"), 1);
  EXPECT_EQ(counted("idempotent_replays"), 1);
}

TEST_F(IdempotencyTest, WithoutAKeyEveryRequestIsDone) {
  ask("POST", create, form);
  ask("POST", create, form);
  EXPECT_EQ(counted("payments_in_all"), 2);
}

TEST_F(IdempotencyTest, AKeyIsGoodForOneRequestOnly) {
  const auto path = create + "/" + text(json(post_once("k1", create, form)), "id");
  EXPECT_EQ(error_of(post_once("k1", create, "amount=200&currency=eur&card=visa")),
            "400 idempotency_error");
  EXPECT_EQ(error_of(post_once("k1", path + "/cancel")), "400 idempotency_error");
  EXPECT_EQ(counted("idempotency_conflicts"), 2);
  EXPECT_EQ(counted("payments_in_all"), 1);
  EXPECT_EQ(error_of(post_once(std::string(256, 'k'), create, form)), "400 idempotency_error");
}

TEST_F(IdempotencyTest, ARefundSentTwiceUnderOneKeyIsPaidOnce) {
  const auto path = authorised();
  post(path + "/capture");
  const auto refund_form = "payment_intent=" + id_in(path);
  const auto first = post_once("r1", "/v1/refunds", refund_form);
  EXPECT_EQ(*post_once("r1", "/v1/refunds", refund_form).body, *first.body);
  EXPECT_EQ(error_of(post_once("r2", "/v1/refunds", refund_form)),
            "400 invalid_request_error charge_already_refunded payment_intent");
  EXPECT_EQ(counted("second_refunds_refused"), 1);
  EXPECT_EQ(counted("refunded_twice"), 0);
}

TEST_F(IdempotencyTest, ADeclineIsAnAnswerLikeAnother) {
  const std::string declined = "amount=100&currency=eur&card=declined";
  post_once("k1", create, declined);
  EXPECT_EQ(post_once("k1", create, declined).status, 402);
  EXPECT_EQ(counted("payments_in_all"), 1);
}

TEST_F(IdempotencyTest, WhatWasRefusedBeforeAnythingWasDoneMayBeTriedAgain) {
  const auto path = authorised();
  turn("capture", "off");
  EXPECT_EQ(post_once("c1", path + "/capture").status, 500);
  turn("capture", "reject");
  EXPECT_EQ(post_once("c1", path + "/capture").status, 400);
  turn("capture", "on");
  EXPECT_EQ(post_once("c1", path + "/capture").status, 200);
}

TEST_F(IdempotencyTest, OldKeysAreForgotten) {
  post_once("first", create, form);
  for (std::size_t i = 0; i < Idempotency::kept; ++i) {
    post_once("k" + std::to_string(i), create, form);
  }
  post_once("first", create, form);
  EXPECT_EQ(counted("idempotent_replays"), 0);
}

}  // namespace
}  // namespace vedette::demo
