// SPDX-License-Identifier: Apache-2.0
// The demo's payment gateway over real sockets: webhooks that arrive, answers that do not, and the
// ledger that tells what is left.
#include <atomic>
#include <chrono>
#include <csignal>
#include <ctime>
#include <future>
#include <regex>

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

#include "probes/net/digest.h"
#include "tests/integration/agent/running_demo.h"
#include "tests/support/scripted_server.h"
#include "tests/support/temp_dir.h"
#include "tests/support/wait_for.h"

namespace vedette::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::SizeIs;

constexpr auto taken = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
constexpr auto refused = "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n";

// One request that came to the listener.
struct Webhook {
  explicit Webhook(const std::string& request) {
    static const std::regex signature("Stripe-Signature: t=([0-9]+),v1=([0-9a-f]{64})\r\n");
    std::smatch match;
    if (!std::regex_search(request, match, signature)) return;
    time = match[1];
    mac = match[2];
    body = request.substr(request.find("\r\n\r\n") + 4);
  }

  bool is_signed_with(const std::string& secret) const {
    std::string hex;
    for (const char byte : net::hmac(net::Hash::sha256, secret, time + "." + body)) {
      constexpr std::string_view digits = "0123456789abcdef";
      hex += digits[static_cast<unsigned char>(byte) >> 4];
      hex += digits[static_cast<unsigned char>(byte) & 15];
    }
    return hex == mac;
  }
  std::string field(const std::string& name) const {
    return std::string(boost::json::parse(body).at(name).as_string());
  }

  std::string time, mac, body;
};

struct DemoGateway : testing::Test {
  std::vector<Webhook> heard() const {
    std::vector<Webhook> all;
    for (const auto& request : listener.requests()) all.emplace_back(request);
    return all;
  }
  // A payment that is authorised and tells the listener so; its path.
  std::string authorised() {
    const auto answer = demo.post("/v1/payment_intents", form);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return "/v1/payment_intents/" +
           std::string(boost::json::parse(answer.body).at("id").as_string());
  }
  std::int64_t count(const std::string& pile) const {
    return demo.ledger().at(pile).at("count").to_number<std::int64_t>();
  }

  TempDir dir;
  std::atomic<int> refusals = 0;  // so many webhooks are answered 500 before the first 200
  ScriptedServer listener{
      http_script([this](const std::string&) { return refusals-- > 0 ? refused : taken; })};
  RunningDemo demo{dir / "demo"};
  const std::string form =
      "amount=100&currency=eur&card=visa&metadata[webhook_url]=" + listener.url("/hook");
};

TEST_F(DemoGateway, WebhooksArriveSigned) {
  const auto path = authorised();
  EXPECT_EQ(demo.post(path + "/capture").status, 200);
  ASSERT_TRUE(wait_for([&] { return heard().size() == 3; }));
  for (const auto& webhook : heard()) {
    EXPECT_TRUE(webhook.is_signed_with("whsec_vedette_demo"));
    EXPECT_NEAR(std::stod(webhook.time), static_cast<double>(std::time(nullptr)), 60);
    EXPECT_EQ(webhook.field("object"), "event");
  }
  EXPECT_TRUE(wait_for([&] { return demo.ledger().at("webhooks").at("delivered") == 3; }));
}

TEST_F(DemoGateway, AWebhookThatIsRefusedComesAgainAndIsTheSame) {
  refusals = 1;
  demo.post("/v1/payment_intents", "amount=1&currency=eur&metadata[webhook_url]=" + listener.url());
  ASSERT_TRUE(wait_for([&] { return heard().size() == 2; }));
  EXPECT_EQ(heard()[0].body, heard()[1].body);
  EXPECT_TRUE(heard()[1].is_signed_with("whsec_vedette_demo"));
}

TEST_F(DemoGateway, WebhooksComeTwiceOrForgedWhenTheSwitchSaysSo) {
  demo.turn("webhooks", "twice");
  authorised();
  ASSERT_TRUE(wait_for([&] { return heard().size() == 4; }));
  demo.turn("webhooks", "forged");
  authorised();
  ASSERT_TRUE(wait_for([&] { return heard().size() == 6; }));
  EXPECT_FALSE(heard().back().is_signed_with("whsec_vedette_demo"));
}

TEST_F(DemoGateway, AnAnswerIsLostTheWorkIsDoneAndTheReplayTellsOfIt) {
  const auto path = authorised();
  demo.turn("payments", "lost");
  const auto lost = demo.post(path + "/capture", "", "Idempotency-Key: c1\r\n");
  EXPECT_EQ(lost.status, 0);
  EXPECT_EQ(lost.head, "");
  EXPECT_EQ(count("captured_not_refunded"), 1);
  const auto replayed = demo.post(path + "/capture", "", "Idempotency-Key: c1\r\n");
  EXPECT_EQ(replayed.status, 200);
  EXPECT_THAT(replayed.head, HasSubstr("Idempotent-Replayed: true"));
  EXPECT_THAT(replayed.body, HasSubstr(R"("amount_received":100)"));
}

TEST_F(DemoGateway, AnAnswerComesLateAndTheWorkIsDoneAtOnce) {
  demo.turn("payments", "late");
  const auto began = std::chrono::steady_clock::now();
  authorised();
  EXPECT_GE(std::chrono::steady_clock::now() - began, 3s);
  EXPECT_EQ(count("open_authorisations"), 1);
}

TEST_F(DemoGateway, TheLedgerIsCleanWhenEverythingWasGivenBack) {
  demo.post(authorised() + "/cancel");
  const auto captured = authorised();
  EXPECT_EQ(count("open_authorisations"), 1);
  demo.post(captured + "/capture");
  EXPECT_EQ(count("captured_not_refunded"), 1);
  demo.post("/v1/refunds", "payment_intent=" + captured.substr(captured.rfind('/') + 1));
  EXPECT_EQ(count("open_authorisations"), 0);
  EXPECT_EQ(count("captured_not_refunded"), 0);
  EXPECT_EQ(demo.ledger().at("refunded_twice"), 0);
  EXPECT_THAT(http_get(demo.port(), "/ledger").body, HasSubstr("refunded"));
}

TEST_F(DemoGateway, EndsOnSigtermWithAnAnswerAndWebhooksOnTheirWay) {
  refusals = 1000;
  demo.turn("payments", "late");
  auto answer =
      std::async(std::launch::async, [this] { return demo.post("/v1/payment_intents", form); });
  ASSERT_TRUE(wait_for([&] { return !heard().empty(); }));
  demo.process().send_signal(SIGTERM);
  EXPECT_EQ(demo.process().wait(5s), 0);
  EXPECT_EQ(answer.get().status, 0);
}

}  // namespace
}  // namespace vedette::test
