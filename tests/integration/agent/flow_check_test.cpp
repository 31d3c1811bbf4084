// SPDX-License-Identifier: Apache-2.0
// What the flows of the example say when a part of the demo is broken, and that they leave nothing
// behind whatever breaks.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/integration/agent/flow_fixture.h"
#include "tests/support/wait_for.h"
#include "tests_config/paths.h"

namespace vedette::test {
namespace {

using testing::HasSubstr;

std::string text_of(const boost::json::value& value) {
  return value.is_null() ? "" : std::string(value.as_string());
}

struct Broken {
  const char* name;
  const char* part;
  const char* position;
  const char* check;
  const char* variant;  // the one that fails; empty: the check has none, or all fail
  const char* reason;
  const char* sentence;
};

class BrokenPart : public FlowTest, public testing::WithParamInterface<Broken> {};

TEST_P(BrokenPart, IsNamedAndNothingIsLeftBehind) {
  const Broken& broken = GetParam();
  demo.turn(broken.part, broken.position);
  const auto report = check(broken.check, 1);
  int failed = 0;
  for (const auto& item : report) {
    const auto variant = text_of(item.at("variant"));
    const bool concerned = *broken.variant == '\0' || variant == broken.variant;
    SCOPED_TRACE(variant);
    EXPECT_EQ(text_of(item.at("outcome")), concerned ? "fail" : "pass")
        << text_of(item.at("message"));
    if (!concerned) continue;
    ++failed;
    EXPECT_EQ(text_of(item.at("reason")), broken.reason);
    EXPECT_THAT(text_of(item.at("message")), HasSubstr(broken.sentence));
  }
  EXPECT_GT(failed, 0);
  expect_clean_ledger();
}

INSTANTIATE_TEST_SUITE_P(
    All, BrokenPart,
    testing::Values(
        Broken{"RejectedParameter", "capture", "reject", "card-payment", "", "step_failed",
               "\"authorise\" passes, but \"capture\" fails: status was 400, expected 200 "
               "(parameter_invalid_integer"},
        Broken{"DeclinedBrand", "visa", "off", "card-payment", "visa", "step_failed",
               "\"authorise\" fails: status was 402, expected 200 ("},
        Broken{"CaptureOfOneBrand", "mastercard", "no-capture", "card-payment", "mastercard",
               "step_failed",
               "but \"capture\" fails: status was 402, expected 200 (processing_error"},
        Broken{"WrongAmount", "capture", "wrong", "card-payment", "", "step_failed",
               "but \"read back\" fails: captured was 99, expected 100"},
        Broken{"StaleRead", "reads", "stale", "card-payment", "", "step_failed",
               "but \"read back\" fails: "},
        Broken{"LostAnswer", "payments", "lost", "card-payment", "", "protocol_error",
               "\"authorise\" fails: "},
        Broken{"NoNotification", "webhooks", "off", "payment-notification", "", "webhook_missing",
               "\"pay\" passes, but \"notified\" fails: no call came within 10s"},
        Broken{"ForgedNotification", "webhooks", "forged", "payment-notification", "",
               "webhook_rejected", "a call came whose signature does not fit"},
        Broken{"DoubleNotification", "webhooks", "twice", "payment-notification", "", "step_failed",
               "the same call came twice"},
        Broken{"WritesIgnored", "hotel-writes", "ignored", "reservation-reaches-the-pms", "",
               "step_failed", "but \"arrives in the PMS\" fails: name_after was"},
        Broken{"WritesRefused", "hotel-writes", "refused", "reservation-reaches-the-pms", "",
               "step_failed", "but \"change the guest\" fails: "},
        Broken{"NoLicences", "licences", "exhausted", "synthetic-user", "", "step_failed",
               "but \"licences are left\" fails: $.left was 0, expected more than 0"},
        Broken{"ClosedTicket", "tickets", "closing", "canary-ticket", "", "step_failed",
               "\"still open\" fails: $.status was \"closed\", expected \"open\""}),
    [](const auto& one) { return one.param.name; });

TEST_F(FlowTest, AllFlowsOfTheExamplePassAndLeaveNothingBehind) {
  for (const auto* name : {"card-payment", "payment-notification", "reservation-reaches-the-pms",
                           "synthetic-user", "canary-ticket"}) {
    for (const auto& item : check(name, 0))
      EXPECT_EQ(text_of(item.at("outcome")), "pass") << name << ": " << text_of(item.at("message"));
  }
  expect_clean_ledger();
  const auto left = demo.ledger().at("left_behind");
  EXPECT_EQ(left.at("users").to_number<int>(), 0);
}

TEST_F(FlowTest, ASecretThatWasCapturedIsShownNowhere) {
  demo.turn("licences", "exhausted");
  const auto config = dir.write("flows.yaml", example());
  Process process(
      {.command = {VEDETTE_BINARY, "check", config, "synthetic-user"}, .output = dir / "shown"});
  EXPECT_EQ(process.wait(std::chrono::seconds(60)), 1);
  const auto shown = process.output();
  EXPECT_THAT(shown, HasSubstr("synthetic-user  log in  pass"));
  EXPECT_THAT(shown, HasSubstr("token=***"));
  EXPECT_THAT(shown, testing::Not(testing::ContainsRegex("token=[^*]")));
  EXPECT_THAT(shown, testing::Not(HasSubstr("Bearer c")));
  EXPECT_THAT(shown, HasSubstr("licence"));
}

TEST_F(FlowTest, ARunThatIsInterruptedCleansUpFirst) {
  const auto config = agent_config(R"(  - name: slow
    component: shop
    every: 1m
    timeout: 30s
    flow:
      values: {gateway: "http://127.0.0.1:)" +
                                   std::to_string(demo.port()) + R"(/v1"}
      steps:
        - name: authorise
          http: {url: "${gateway}/payment_intents", form: {amount: "100", currency: eur, card: visa}}
          capture: {intent: $.id}
          cleanup: [{name: cancel, http: {method: POST, url: "${gateway}/payment_intents/${intent}/cancel"}}]
        - {name: wait, pause: 20s}
)");
  Process process({.command = {VEDETTE_BINARY, "check", config, "slow"}, .output = dir / "slow"});
  ASSERT_TRUE(wait_for([&] { return count("open_authorisations") == 1; }));
  process.terminate();
  EXPECT_EQ(process.wait(std::chrono::seconds(20)), 130) << process.output();
  expect_clean_ledger();
}

}  // namespace
}  // namespace vedette::test
