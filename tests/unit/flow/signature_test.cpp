// SPDX-License-Identifier: Apache-2.0
#include "probes/flow/signature.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "probes/encoding.h"
#include "probes/net/digest.h"

namespace vedette::flow {
namespace {

using namespace std::chrono_literals;

const Instant now{1'700'000'000s};
constexpr auto body = R"({"type":"payment_intent.succeeded"})";

std::string hex_hmac(const std::string& key, const std::string& text) {
  std::string out;
  for (const char byte : net::hmac(net::Hash::sha256, key, text))
    out += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return out;
}

Answer call(std::vector<std::pair<std::string, std::string>> headers) {
  return {std::move(headers), body, false};
}

Answer stripe(const std::string& key, int signed_at = 1'700'000'000) {
  const auto signature = hex_hmac(key, fmt::format("{}.{}", signed_at, body));
  return call({{"stripe-signature", fmt::format("t={},v0=aa,v1=00,v1={}", signed_at, signature)}});
}

TEST(StripeSignature, IsTrustedWhenItFits) {
  const Signature signature{Scheme::stripe, Secret("whsec_test")};
  EXPECT_EQ(mistrust(signature, stripe("whsec_test"), now), "");
  EXPECT_EQ(mistrust(signature, stripe("whsec_test"), now + 5min), "");
}

TEST(StripeSignature, IsNotTrustedWithAnotherKeyBodyOrTime) {
  const Signature signature{Scheme::stripe, Secret("whsec_test")};
  EXPECT_EQ(mistrust(signature, stripe("whsec_other"), now), "does not fit");
  Answer forged = stripe("whsec_test");
  forged.body += " ";
  EXPECT_EQ(mistrust(signature, forged, now), "does not fit");
  EXPECT_EQ(mistrust(signature, stripe("whsec_test"), now + 301s), "is 301 s away from our time");
  EXPECT_EQ(mistrust(signature, call({}), now), "is missing: there is no header Stripe-Signature");
  EXPECT_EQ(mistrust(signature, call({{"Stripe-Signature", "v1=aa"}}), now), "has no time");
}

TEST(StandardWebhooks, AnyOfTheSignaturesMayFit) {
  const std::string key = "0123456789abcdef01234567";
  const Signature signature{Scheme::standard_webhooks, Secret("whsec_" + base64(key))};
  const auto fits =
      base64(net::hmac(net::Hash::sha256, key, fmt::format("msg_1.1700000000.{}", body)));
  const auto with = [&](const std::string& signatures) {
    return call({{"webhook-id", "msg_1"},
                 {"webhook-timestamp", "1700000000"},
                 {"webhook-signature", signatures}});
  };
  EXPECT_EQ(mistrust(signature, with("v1a,xx v1,yy v1," + fits), now), "");
  EXPECT_EQ(mistrust(signature, with("v1,yy"), now), "does not fit");
  EXPECT_NE(mistrust(signature, call({{"webhook-id", "msg_1"}}), now), "");
}

TEST(GithubSignature, CoversTheBody) {
  const Signature signature{Scheme::github, Secret("It's a Secret to Everybody")};
  const auto fits = "sha256=" + hex_hmac("It's a Secret to Everybody", body);
  EXPECT_EQ(mistrust(signature, call({{"X-Hub-Signature-256", fits}}), now), "");
  EXPECT_EQ(mistrust(signature, call({{"X-Hub-Signature-256", fits.substr(0, 70)}}), now),
            "does not fit");
  EXPECT_EQ(mistrust(signature, call({}), now),
            "is missing: there is no header X-Hub-Signature-256");
}

}  // namespace
}  // namespace vedette::flow
