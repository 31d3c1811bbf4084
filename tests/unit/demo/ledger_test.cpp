// SPDX-License-Identifier: Apache-2.0
#include "agent/demo/payments/ledger.h"

#include <gmock/gmock.h>

#include "tests/unit/demo/demo_fixture.h"

namespace vedette::demo {
namespace {

using testing::ElementsAre;
using testing::Pair;

Intent intent(const std::string& id, Status status, std::int64_t amount = 100) {
  Intent made;
  made.id = id;
  made.currency = "eur";
  made.amount = amount;
  made.status = status;
  made.captured = status == Status::succeeded ? amount : 0;
  return made;
}

TEST(Ledger, SumsWhatIsHeldTakenAndGivenBack) {
  Ledger ledger;
  ledger.put(intent("open", Status::requires_capture, 100));
  auto pounds = intent("pounds", Status::requires_capture, 7);
  pounds.currency = "gbp";
  ledger.put(pounds);
  auto partly = intent("partly", Status::succeeded, 50);
  partly.refunds.push_back({"re_1", "", 20, {}});
  ledger.put(partly);
  ledger.put(intent("canceled", Status::canceled, 1000));
  ledger.put(intent("declined", Status::requires_payment_method, 1000));

  const auto sums = ledger.sums();
  EXPECT_EQ(sums.payments, 5U);
  EXPECT_EQ(sums.open.count, 2U);
  EXPECT_THAT(sums.open.amounts, ElementsAre(Pair("eur", 100), Pair("gbp", 7)));
  EXPECT_EQ(sums.captured.count, 1U);
  EXPECT_THAT(sums.captured.amounts, ElementsAre(Pair("eur", 30)));
  EXPECT_THAT(sums.refunded.amounts, ElementsAre(Pair("eur", 20)));
  EXPECT_EQ(sums.refunded_twice, 0U);
}

TEST(Ledger, WouldSeeThatMoreWasGivenBackThanTaken) {
  Ledger ledger;
  auto twice = intent("twice", Status::succeeded, 50);
  twice.refunds = {{"re_1", "", 50, {}}, {"re_2", "", 50, {}}};
  ledger.put(twice);
  EXPECT_EQ(ledger.sums().refunded_twice, 1U);
}

TEST(Ledger, ForgetsFinishedPaymentsBeforeOpenOnes) {
  Ledger ledger(3);
  ledger.put(intent("open", Status::requires_capture));
  ledger.put(intent("canceled", Status::canceled));
  ledger.put(intent("captured", Status::succeeded));
  ledger.put(intent("newest", Status::canceled));
  EXPECT_NE(ledger.find("open"), nullptr);
  EXPECT_EQ(ledger.find("canceled"), nullptr);
  EXPECT_NE(ledger.find("captured"), nullptr);
  EXPECT_NE(ledger.find("newest"), nullptr);
  EXPECT_EQ(ledger.sums().payments, 4U);
  EXPECT_EQ(ledger.sums().unlisted, 1U);
}

TEST(Ledger, WhatAForgottenPaymentHeldStaysInTheSums) {
  Ledger ledger(2);
  for (const auto* id : {"a", "b", "c", "d"}) ledger.put(intent(id, Status::requires_capture));
  EXPECT_EQ(ledger.find("a"), nullptr);
  EXPECT_EQ(ledger.newest_first().size(), 2U);
  EXPECT_EQ(ledger.sums().open.count, 4U);
  EXPECT_THAT(ledger.sums().open.amounts, ElementsAre(Pair("eur", 400)));
}

TEST(Ledger, KeepsTheStateBeforeTheNewestChange) {
  Ledger ledger;
  ledger.put(intent("a", Status::requires_confirmation));
  EXPECT_EQ(ledger.find_stale("a"), nullptr);
  ledger.put(intent("a", Status::requires_capture));
  ledger.put(intent("a", Status::canceled));
  EXPECT_EQ(ledger.find("a")->status, Status::canceled);
  EXPECT_EQ(ledger.find_stale("a")->status, Status::requires_capture);
  EXPECT_EQ(ledger.newest_first().size(), 1U);
}

class LedgerJsonTest : public DemoTest {};

TEST_F(LedgerJsonTest, TellsTheStateOfEachPayment) {
  authorised();
  post(authorised() + "/cancel");
  post(authorised() + "/capture");
  const auto partly = authorised();
  post(partly + "/capture");
  refund(partly, "&amount=1");
  const auto wholly = authorised();
  post(wholly + "/capture");
  refund(wholly);
  post("/v1/payment_intents", "amount=100&currency=eur&card=declined");
  post("/v1/payment_intents", "amount=100&currency=eur");

  const auto ledger = get("/ledger.json");
  std::vector<std::string> states;
  for (const auto& payment : ledger.at("payments").as_array()) {
    states.push_back(text(payment, "state"));
  }
  EXPECT_THAT(states, ElementsAre("begun", "declined", "refunded", "partly refunded", "captured",
                                  "cancelled", "authorised"));
  EXPECT_EQ(number(ledger.at("open_authorisations").at("amounts"), "eur"), 100);
  EXPECT_EQ(number(ledger.at("captured_not_refunded").at("amounts"), "eur"), 199);
  EXPECT_EQ(number(ledger, "payments_in_all"), 7);
}

}  // namespace
}  // namespace vedette::demo
