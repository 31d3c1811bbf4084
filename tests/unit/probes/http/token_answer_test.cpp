// SPDX-License-Identifier: Apache-2.0
// What token servers answer, well-behaved or not.
#include "probes/http/token_answer.h"

#include <gtest/gtest.h>

namespace vedette::http {
namespace {

using namespace std::chrono_literals;

TEST(TokenAnswer, ReadsTheExampleOfTheStandard) {
  // RFC 6749, section 5.1
  const auto answer = parse_token_answer(200, R"({"access_token":"2YotnFZFEjr1zCsicMWpAA",
      "token_type":"example","expires_in":3600})");
  EXPECT_EQ(answer.error(), "the token server's token is not of the type Bearer");
  const auto bearer = parse_token_answer(200, R"({"access_token":"2YotnFZFEjr1zCsicMWpAA",
      "token_type":"bEaReR","expires_in":3600,"example_parameter":"example_value"})");
  ASSERT_TRUE(bearer);
  EXPECT_EQ(bearer->access_token, "2YotnFZFEjr1zCsicMWpAA");
  EXPECT_EQ(bearer->expires_in, 3600s);
}

std::optional<std::chrono::seconds> lifetime(const std::string& text) {
  const auto answer = parse_token_answer(200, R"({"access_token":"t","expires_in":)" + text + "}");
  return answer ? answer->expires_in : std::nullopt;
}

TEST(TokenAnswer, UnderstandsOddLifetimes) {
  EXPECT_EQ(lifetime("\"3599\""), 3599s);
  EXPECT_EQ(lifetime("12.9"), 12s);
  EXPECT_EQ(lifetime("0"), 0s);
  EXPECT_EQ(lifetime("-5"), 0s);
  EXPECT_EQ(lifetime("1e300"), 86400s);
  EXPECT_EQ(lifetime("\"soon\""), std::nullopt);
  EXPECT_EQ(lifetime("\"nan\""), std::nullopt);
  EXPECT_EQ(lifetime("null"), std::nullopt);
  EXPECT_EQ(lifetime("[1]"), std::nullopt);
}

TEST(TokenAnswer, TellsTheErrorOfTheStandard) {
  // RFC 6749, section 5.2
  EXPECT_EQ(
      parse_token_answer(400, R"({"error":"invalid_scope","error_description":"no"})").error(),
      "the token server answered with status 400: invalid_scope, no");
  EXPECT_EQ(parse_token_answer(503, "busy").error(), "the token server answered with status 503");
  EXPECT_EQ(parse_token_answer(302, "").error(), "the token server answered with status 302");
}

TEST(TokenAnswer, RefusesWhatCannotBeAToken) {
  for (const char* body :
       {"", "{", "[]", "null", "\"t\"", "{}", R"({"access_token":1})", R"({"access_token":""})",
        R"({"access_token":"a b"})", R"({"access_token":"a\r\nX: y"})", R"({"access_token":"é"})",
        "{\"access_token\":\"\xff\"}"}) {
    EXPECT_FALSE(parse_token_answer(200, body)) << body;
  }
  EXPECT_FALSE(parse_token_answer(200, R"({"access_token":")" + std::string(20'000, 'a') + "\"}"));
  EXPECT_FALSE(parse_token_answer(200, std::string(100'000, '[')));
}

}  // namespace
}  // namespace vedette::http
