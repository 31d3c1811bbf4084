// SPDX-License-Identifier: Apache-2.0
#include "agent/demo/shop.h"

#include <gmock/gmock.h>

#include "tests/support/run_coroutine.h"

namespace vedette::demo {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

class ShopTest : public testing::Test {
 protected:
  web::Response ask(const std::string& method, const std::string& path,
                    const std::string& body = {}, std::vector<web::Header> headers = {}) {
    web::Request request;
    request.method = method;
    request.path = path;
    request.body = body;
    request.headers = std::move(headers);
    return test::run_coroutine(loop_, shop_.handle(request));
  }
  int status(const std::string& method, const std::string& path, const std::string& body = {}) {
    return ask(method, path, body).status;
  }
  std::string post(const std::string& path, const std::string& body = {}) {
    return *ask("POST", path, body).body;
  }
  void turn(const std::string& name, const std::string& mode) {
    ASSERT_EQ(status("POST", "/switches/" + name + "/" + mode), 200);
  }
  // The id of a new payment intent.
  std::string paid(const std::string& form = "amount=100&currency=eur") {
    const auto text = post("/v1/payment_intents", form);
    return text.substr(text.find("pi_"), 11);
  }

  boost::asio::io_context loop_;
  Shop shop_{milliseconds(40)};
};

TEST_F(ShopTest, SellsAtFirst) {
  EXPECT_THAT(*ask("GET", "/").body, HasSubstr("Vedette Shop"));
  EXPECT_THAT(*ask("GET", "/login").body, HasSubstr("Sign in"));
  EXPECT_THAT(*ask("GET", "/api/catalogue").body, HasSubstr("\"field-glass\""));
  EXPECT_EQ(ask("GET", "/api/catalogue").content_type, "application/json");
  EXPECT_EQ(status("GET", "/nothing"), 404);
}

TEST_F(ShopTest, ASwitchBreaksItsPartAndNoOther) {
  const std::map<std::string, std::string> pages{
      {"storefront", "/"}, {"login", "/login"}, {"catalogue", "/api/catalogue"}};
  for (const auto& [broken, unused] : pages) {
    turn(broken, "off");
    for (const auto& [name, path] : pages)
      EXPECT_EQ(status("GET", path), name == broken ? 503 : 200) << broken;
    turn(broken, "on");
  }
}

TEST_F(ShopTest, SlowTakesItsTimeAndThenWorks) {
  turn("login", "slow");
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(status("GET", "/login"), 200);
  EXPECT_GE(std::chrono::steady_clock::now() - began, milliseconds(40));
}

TEST_F(ShopTest, TheSwitchesThemselvesCannotBeBroken) {
  for (const auto* name : {"storefront", "login", "catalogue", "payments", "visa"})
    turn(name, "off");
  EXPECT_EQ(status("GET", "/switches"), 200);
  EXPECT_EQ(status("POST", "/switches/none/off"), 404);
  EXPECT_EQ(status("POST", "/switches/login/broken"), 404);
}

TEST_F(ShopTest, ABrowserIsSentBackToTheSwitches) {
  const auto answer = ask("POST", "/switches/login/off", "", {{"Accept", "text/html,*/*"}});
  EXPECT_EQ(answer.status, 303);
  EXPECT_THAT(*ask("GET", "/switches").body,
              HasSubstr("/switches/login/off\"><button aria-pressed=\"true\""));
}

TEST_F(ShopTest, APaymentIsAuthorisedCapturedAndRefunded) {
  const auto created = post("/v1/payment_intents", "amount=100&currency=eur");
  EXPECT_EQ(
      created,
      R"({"id":"pi_00000001","amount":100,"currency":"eur","card":"visa","status":"requires_capture"})");
  EXPECT_THAT(post("/v1/payment_intents/pi_00000001/capture"),
              HasSubstr("\"status\":\"succeeded\""));
  EXPECT_EQ(status("POST", "/v1/payment_intents/pi_00000001/cancel"), 409);
  EXPECT_EQ(
      post("/v1/refunds", "payment_intent=pi_00000001"),
      R"({"id":"re_00000001","amount":100,"payment_intent":"pi_00000001","status":"succeeded"})");
  EXPECT_THAT(*ask("GET", "/v1/payment_intents/pi_00000001").body,
              HasSubstr("\"status\":\"refunded\""));
  EXPECT_EQ(status("POST", "/v1/refunds", "payment_intent=pi_00000001"), 409);
}

TEST_F(ShopTest, APaymentCanBeCancelledOnce) {
  const auto path = "/v1/payment_intents/" + paid();
  EXPECT_THAT(post(path + "/cancel"), HasSubstr("\"status\":\"canceled\""));
  EXPECT_EQ(status("POST", path + "/cancel"), 409);
  EXPECT_EQ(status("POST", path + "/capture"), 409);
}

TEST_F(ShopTest, StrangePaymentsAreRefused) {
  for (const auto* form :
       {"", "amount=0&currency=eur", "amount=-1&currency=eur", "amount=1.5&currency=eur",
        "amount=100&currency=euro", "amount=99999999999999999999&currency=eur"}) {
    EXPECT_EQ(status("POST", "/v1/payment_intents", form), 400) << form;
  }
  EXPECT_EQ(status("POST", "/v1/payment_intents/pi_99999999/capture"), 404);
  EXPECT_EQ(status("POST", "/v1/refunds", "payment_intent=none"), 404);
}

TEST_F(ShopTest, TextOfAClientCannotBreakTheJson) {
  EXPECT_THAT(post("/v1/payment_intents", "amount=1&currency=%22%5C%22&card=%22"),
              HasSubstr(R"("currency":"\"\\\"","card":"\"")"));
}

TEST_F(ShopTest, OneCardAloneCanBeBroken) {
  turn("visa", "off");
  EXPECT_EQ(status("POST", "/v1/payment_intents", "amount=100&currency=eur"), 402);
  EXPECT_EQ(status("POST", "/v1/payment_intents", "amount=100&currency=eur&card=mastercard"), 200);
}

TEST_F(ShopTest, ThePaymentApiIsOneSwitch) {
  const auto id = paid();
  turn("payments", "off");
  EXPECT_EQ(status("POST", "/v1/payment_intents", "amount=100&currency=eur"), 503);
  EXPECT_EQ(status("POST", "/v1/payment_intents/" + id + "/cancel"), 503);
}

TEST_F(ShopTest, OldIntentsAreForgottenSoThatChecksMayRunForEver) {
  const auto first = paid();
  for (std::size_t i = 0; i < Payments::kept; ++i) paid();
  EXPECT_EQ(status("GET", "/v1/payment_intents/" + first), 404);
}

}  // namespace
}  // namespace vedette::demo
