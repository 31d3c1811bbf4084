// SPDX-License-Identifier: Apache-2.0
// What is told to whom, and how it is signed.
#include <gmock/gmock.h>

#include "agent/demo/payments/loopback_url.h"
#include "agent/demo/payments/signature.h"
#include "tests/unit/demo/demo_fixture.h"

namespace vedette::demo {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::SizeIs;

class WebhooksTest : public DemoTest {
 protected:
  const std::string url = "http://127.0.0.1:4242/hook";
  const std::string form = "amount=100&currency=eur&card=visa&metadata[webhook_url]=" + url;
};

TEST_F(WebhooksTest, APaymentsOwnUrlHearsOfEachOfItsSteps) {
  const auto path = authorised(form);
  authorised();  // nobody's business
  post(path + "/capture");
  refund(path);
  EXPECT_THAT(courier_.event_types(),
              ElementsAre("payment_intent.created", "payment_intent.amount_capturable_updated",
                          "payment_intent.succeeded", "refund.created"));
  EXPECT_THAT(courier_.sent, Each(Field(&Delivery::url, url)));
  EXPECT_THAT(courier_.sent, Each(Field(&Delivery::secret, "whsec_vedette_demo")));
  const auto event = boost::json::parse(*courier_.sent.back().body);
  EXPECT_EQ(text(event, "object"), "event");
  EXPECT_EQ(text(event.at("data").at("object"), "payment_intent"), id_in(path));
}

TEST_F(WebhooksTest, DeclinesAndCancellationsAreToldToo) {
  post("/v1/payment_intents", "amount=100&currency=eur&card=declined&metadata[webhook_url]=" + url);
  post(authorised(form) + "/cancel");
  EXPECT_THAT(courier_.event_types(),
              ElementsAre("payment_intent.created", "payment_intent.payment_failed",
                          "payment_intent.created", "payment_intent.amount_capturable_updated",
                          "payment_intent.canceled"));
}

TEST_F(WebhooksTest, ARegisteredEndpointHearsOfEveryPaymentUntilItIsRemoved) {
  const auto endpoint = post("/v1/webhook_endpoints", "url=" + url + "&enabled_events[]=*");
  EXPECT_EQ(text(endpoint, "secret"), "whsec_vedette_demo");
  EXPECT_THAT(get("/v1/webhook_endpoints").at("data").as_array(), SizeIs(1));
  authorised();
  EXPECT_THAT(courier_.sent, SizeIs(2));
  EXPECT_EQ(status("DELETE", "/v1/webhook_endpoints/" + text(endpoint, "id")), 200);
  EXPECT_EQ(status("DELETE", "/v1/webhook_endpoints/" + text(endpoint, "id")), 404);
  authorised();
  EXPECT_THAT(courier_.sent, SizeIs(2));
}

TEST_F(WebhooksTest, EndpointsAreCounted) {
  for (std::size_t i = 0; i < Announcer::most_endpoints; ++i) {
    EXPECT_EQ(refusal("/v1/webhook_endpoints", "url=" + url), "200");
  }
  EXPECT_EQ(refusal("/v1/webhook_endpoints", "url=" + url),
            "400 invalid_request_error parameter_invalid_value url");
}

TEST_F(WebhooksTest, NobodyElseIsCalled) {
  for (const auto* other :
       {"http://example.com/", "http://127.0.0.1.example.com/", "https://127.0.0.1/",
        "http://10.0.0.1/", "ftp://127.0.0.1/", "http://[::2]/", "http://0.0.0.0/", "nonsense",
        "http://user@example.com:127/", "http://localhost.example.com/"}) {
    EXPECT_FALSE(is_loopback_url(other)) << other;
  }
  for (const auto* here : {"http://127.0.0.1:1/x", "http://127.8.8.8/", "http://localhost:80/",
                           "http://LOCALHOST/", "http://[::1]:8080/"}) {
    EXPECT_TRUE(is_loopback_url(here)) << here;
  }
  EXPECT_EQ(refusal("/v1/webhook_endpoints", "url=http://example.com/"),
            "400 invalid_request_error url_invalid url");
  EXPECT_EQ(refusal("/v1/payment_intents",
                    "amount=1&currency=eur&metadata[webhook_url]=http://example.com/"),
            "400 invalid_request_error url_invalid metadata[webhook_url]");
}

TEST_F(WebhooksTest, TheSwitchSilencesDoublesAndForgesThem) {
  turn("webhooks", "off");
  authorised(form);
  EXPECT_THAT(courier_.sent, IsEmpty());
  turn("webhooks", "twice");
  authorised(form);
  ASSERT_THAT(courier_.sent, SizeIs(4));
  EXPECT_EQ(*courier_.sent[0].body, *courier_.sent[1].body);
  courier_.sent.clear();
  turn("webhooks", "forged");
  authorised(form);
  EXPECT_THAT(courier_.sent, Each(Field(&Delivery::secret, testing::Ne(webhook_secret))));
}

TEST(StripeSignature, IsTheHmacOfTimeAndBody) {
  // printf '1700000000.{"a":1}' | openssl dgst -sha256 -hmac whsec_vedette_demo
  EXPECT_EQ(stripe_signature(webhook_secret, 1700000000, R"({"a":1})"),
            "t=1700000000,v1=770a630ef7bf35527d3c3cea1041d561d3472d0713c22adff1e0a43a9e9a653c");
}

}  // namespace
}  // namespace vedette::demo
