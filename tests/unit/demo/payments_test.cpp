// SPDX-License-Identifier: Apache-2.0
// The payment API while all is well: what it does, and exactly how it refuses.
#include <gmock/gmock.h>

#include "tests/unit/demo/demo_fixture.h"

namespace vedette::demo {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class PaymentsTest : public DemoTest {
 protected:
  std::vector<std::string> listed(const std::string& query) {
    std::vector<std::string> ids;
    const auto list = get("/v1/payment_intents" + query);
    for (const auto& intent : list.at("data").as_array()) {
      ids.push_back(text(intent, "id"));
    }
    return ids;
  }
};

TEST_F(PaymentsTest, APaymentIsAuthorisedCapturedAndRefunded) {
  const auto created = post("/v1/payment_intents",
                            "amount=100&currency=EUR&payment_method=pm_card_visa&confirm=true"
                            "&capture_method=manual&description=test");
  EXPECT_THAT(text(created, "id"), StartsWith("pi_"));
  EXPECT_EQ(text(created, "object"), "payment_intent");
  EXPECT_EQ(text(created, "status"), "requires_capture");
  EXPECT_EQ(text(created, "currency"), "eur");
  EXPECT_EQ(text(created, "card"), "visa");
  EXPECT_EQ(text(created, "payment_method"), "pm_card_visa");
  EXPECT_EQ(number(created, "amount_capturable"), 100);
  EXPECT_EQ(number(created, "amount_received"), 0);

  const auto path = "/v1/payment_intents/" + text(created, "id");
  const auto captured = post(path + "/capture");
  EXPECT_EQ(text(captured, "status"), "succeeded");
  EXPECT_EQ(number(captured, "amount_capturable"), 0);
  EXPECT_EQ(number(captured, "amount_received"), 100);

  const auto refunded = post("/v1/refunds", "payment_intent=" + text(created, "id"));
  EXPECT_THAT(text(refunded, "id"), StartsWith("re_"));
  EXPECT_EQ(number(refunded, "amount"), 100);
  EXPECT_EQ(text(refunded, "status"), "succeeded");
  EXPECT_EQ(get("/v1/refunds/" + text(refunded, "id")), refunded);
  EXPECT_EQ(number(get(path), "amount_refunded"), 100);
}

TEST_F(PaymentsTest, WhatIsMissingIsAskedForStepByStep) {
  const auto created = post("/v1/payment_intents", "amount=100&currency=eur");
  EXPECT_EQ(text(created, "status"), "requires_payment_method");
  const auto path = "/v1/payment_intents/" + text(created, "id");
  EXPECT_EQ(refusal(path + "/confirm"),
            "400 invalid_request_error parameter_missing payment_method");
  EXPECT_EQ(text(post(path + "/confirm", "payment_method=pm_card_amex"), "status"), "succeeded");

  const auto with_card =
      post("/v1/payment_intents", "amount=100&currency=eur&payment_method=pm_card_visa");
  EXPECT_EQ(text(with_card, "status"), "requires_confirmation");
  EXPECT_EQ(text(post("/v1/payment_intents/" + text(with_card, "id") + "/confirm"), "status"),
            "succeeded");
  EXPECT_EQ(refusal("/v1/payment_intents", "amount=100&currency=eur&confirm=true"),
            "400 invalid_request_error parameter_missing payment_method");
}

TEST_F(PaymentsTest, ACardAloneIsShortForAnAuthorisation) {
  for (const auto* card : {"visa", "mastercard", "amex", "discover", "diners", "jcb", "unionpay"}) {
    const auto created =
        post("/v1/payment_intents", std::string("amount=100&currency=eur&card=") + card);
    EXPECT_EQ(text(created, "status"), "requires_capture") << card;
    EXPECT_EQ(text(created, "card"), card);
  }
}

TEST_F(PaymentsTest, PartOfWhatIsHeldCanBeTakenAndTheRestIsLetGo) {
  const auto path = authorised();
  EXPECT_EQ(refusal(path + "/capture", "amount_to_capture=101"),
            "400 invalid_request_error amount_too_large amount_to_capture");
  const auto captured = post(path + "/capture", "amount_to_capture=40");
  EXPECT_EQ(number(captured, "amount_received"), 40);
  EXPECT_EQ(number(captured, "amount_capturable"), 0);
  EXPECT_EQ(pile("open_authorisations"), 0);
}

TEST_F(PaymentsTest, ARefundCanComeInPartsButNeverComesToMoreThanWasTaken) {
  const auto path = authorised();
  post(path + "/capture");
  EXPECT_EQ(refund(path, "&amount=60&reason=duplicate"), "200");
  EXPECT_EQ(refund(path, "&amount=41"), "400 invalid_request_error amount_too_large amount");
  EXPECT_EQ(refund(path), "200");
  EXPECT_EQ(refund(path), "400 invalid_request_error charge_already_refunded payment_intent");
  const auto refunds = get("/v1/refunds?payment_intent=" + id_in(path)).at("data").as_array();
  ASSERT_EQ(refunds.size(), 2U);
  EXPECT_EQ(number(refunds.back(), "amount"), 40);
}

TEST_F(PaymentsTest, APaymentCanBeCancelledUntilItIsCaptured) {
  const auto path = authorised();
  const auto canceled = post(path + "/cancel", "cancellation_reason=abandoned");
  EXPECT_EQ(text(canceled, "status"), "canceled");
  EXPECT_EQ(text(canceled, "cancellation_reason"), "abandoned");
  const std::string wrong_state = "400 invalid_request_error payment_intent_unexpected_state";
  EXPECT_EQ(refusal(path + "/cancel"), wrong_state);
  EXPECT_EQ(refusal(path + "/capture"), wrong_state);
  EXPECT_EQ(refusal(path + "/confirm"), wrong_state);
  EXPECT_EQ(refund(path), wrong_state);

  const auto other = authorised();
  post(other + "/capture");
  EXPECT_EQ(refusal(other + "/cancel"), wrong_state);
  EXPECT_EQ(refusal(other + "/capture"), wrong_state);
  const auto begun =
      "/v1/payment_intents/" + text(post("/v1/payment_intents", "amount=1&currency=eur"), "id");
  EXPECT_EQ(text(post(begun + "/cancel"), "status"), "canceled");
}

TEST_F(PaymentsTest, ADeclinedCardSaysWhyAndLeavesThePaymentToBePaidOtherwise) {
  const auto answer = ask("POST", "/v1/payment_intents", "amount=100&currency=eur&card=declined");
  EXPECT_EQ(error_of(answer), "402 card_error card_declined generic_decline");
  const auto intent = json(answer).at("error").at("payment_intent");
  EXPECT_EQ(text(intent, "status"), "requires_payment_method");
  EXPECT_EQ(text(intent.at("last_payment_error"), "decline_code"), "generic_decline");

  const auto path = "/v1/payment_intents/" + text(intent, "id");
  EXPECT_EQ(refusal(path + "/confirm", "payment_method=pm_card_chargeDeclinedInsufficientFunds"),
            "402 card_error card_declined insufficient_funds");
  const auto paid = post(path + "/confirm", "card=visa");
  EXPECT_EQ(text(paid, "status"), "requires_capture");
  EXPECT_TRUE(paid.at("last_payment_error").is_null());
}

TEST_F(PaymentsTest, StrangeParametersAreRefusedByName) {
  const std::map<std::string, std::string> forms{
      {"currency=eur", "parameter_missing amount"},
      {"amount=100", "parameter_missing currency"},
      {"amount=0&currency=eur", "parameter_invalid_integer amount"},
      {"amount=-1&currency=eur", "parameter_invalid_integer amount"},
      {"amount=1.5&currency=eur", "parameter_invalid_integer amount"},
      {"amount=1e3&currency=eur", "parameter_invalid_integer amount"},
      {"amount=&currency=eur", "parameter_invalid_integer amount"},
      {"amount=99999999999999999999&currency=eur", "parameter_invalid_integer amount"},
      {"amount=100000000&currency=eur", "amount_too_large amount"},
      {"amount=100&currency=euro", "parameter_invalid_value currency"},
      {"amount=100&currency=%22%5C%22", "parameter_invalid_value currency"},
      {"amount=100&currency=eur&confirm=yes", "parameter_invalid_value confirm"},
      {"amount=100&currency=eur&capture_method=later", "parameter_invalid_value capture_method"},
      {"amount=100&currency=eur&colour=red", "parameter_unknown colour"},
      {"amount=100&currency=eur&description=%ff", "parameter_invalid_value description"},
      {"amount=100&currency=eur&metadata[]=x", "parameter_invalid_value metadata[]"},
  };
  for (const auto& [form, words] : forms) {
    EXPECT_EQ(refusal("/v1/payment_intents", form), "400 invalid_request_error " + words) << form;
  }
  EXPECT_EQ(refusal("/v1/payment_intents", "amount=1&currency=eur&card=copper"),
            "404 invalid_request_error resource_missing card");
}

TEST_F(PaymentsTest, WhatIsNotThereIsMissing) {
  const std::string missing = "404 invalid_request_error resource_missing ";
  EXPECT_EQ(error_of(ask("GET", "/v1/payment_intents/pi_unknown")), missing + "intent");
  EXPECT_EQ(refusal("/v1/payment_intents/pi_unknown/capture"), missing + "intent");
  EXPECT_EQ(refusal("/v1/refunds", "payment_intent=none"), missing + "payment_intent");
  EXPECT_EQ(error_of(ask("GET", "/v1/refunds/none")), missing + "id");
}

TEST_F(PaymentsTest, WhatAClientSentCannotBreakTheJson) {
  const auto created = post("/v1/payment_intents",
                            "amount=1&currency=eur&metadata[%22]=%5C%22%0A&description=%22%7D");
  EXPECT_EQ(text(created.at("metadata"), "\""), "\\\"\n");
  EXPECT_EQ(text(created, "description"), "\"}");
  EXPECT_THAT(*ask("GET", "/v1/payment_intents/\xff\"").body, HasSubstr(R"(\\xff\")"));
}

TEST_F(PaymentsTest, PaymentsAreListedNewestFirstAndFoundByMetadata) {
  const auto first = id_in(authorised("amount=1&currency=eur&card=visa&metadata[run]=a"));
  const auto second = id_in(authorised("amount=2&currency=eur&card=visa&metadata[run]=b"));
  const auto third =
      id_in(authorised("amount=3&currency=eur&card=visa&metadata[run]=a&metadata[step]=2"));
  EXPECT_THAT(listed(""), ElementsAre(third, second, first));
  EXPECT_THAT(listed("?metadata%5Brun%5D=a"), ElementsAre(third, first));
  EXPECT_THAT(listed("?metadata[run]=a&metadata[step]=2"), ElementsAre(third));
  EXPECT_THAT(listed("?metadata[run]=c"), ElementsAre());
  EXPECT_THAT(listed("?limit=1"), ElementsAre(third));
  EXPECT_THAT(listed("?limit=1&starting_after=" + third), ElementsAre(second));
  EXPECT_TRUE(get("/v1/payment_intents?limit=2").at("has_more").as_bool());
  EXPECT_FALSE(get("/v1/payment_intents?limit=3").at("has_more").as_bool());
  EXPECT_EQ(error_of(ask("GET", "/v1/payment_intents?limit=101")),
            "400 invalid_request_error parameter_invalid_integer limit");
}

TEST_F(PaymentsTest, AKeyIsNotNeededButALiveOneIsRefusedAndNeverRepeated) {
  const auto with_key = [this](const std::string& key) {
    return ask("GET", "/v1/payment_intents", "", {{"Authorization", key}});
  };
  EXPECT_EQ(with_key("Bearer sk_test_123").status, 200);
  EXPECT_EQ(with_key("Bearer rk_test_123").status, 200);
  for (const auto* key : {"Bearer sk_live_secret", "Bearer secret", "Basic secret"}) {
    const auto refused = with_key(key);
    EXPECT_EQ(refused.status, 401) << key;
    EXPECT_THAT(*refused.body, Not(HasSubstr("secret")));
  }
}

}  // namespace
}  // namespace vedette::demo
