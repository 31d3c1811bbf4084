// SPDX-License-Identifier: Apache-2.0
// Whose verdict about SPF, DKIM and DMARC is believed, and what it was.
#include "probes/message/authentication.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vedette::message {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

TEST(ParseAuthenticationResults, ReadsMethodsWithCommentsReasonsAndProperties) {
  const auto results = parse_authentication_results(
      "MX.example.com 1; spf=pass (sender IP is 192.0.2.7; really) smtp.mailfrom=example.com;\t"
      "dkim=fail reason=\"bad; signature\" header.d=example.com; DMARC = Pass (p=none) "
      "header.from=example.com; dkim/1=pass header.d=other.example");
  ASSERT_TRUE(results);
  EXPECT_EQ(results->authserv_id, "mx.example.com");
  EXPECT_THAT(results->verdicts, ElementsAre(Pair("spf", "pass"), Pair("dkim", "fail"),
                                             Pair("dmarc", "pass"), Pair("dkim", "pass")));
}

TEST(ParseAuthenticationResults, TakesNoneAndNonsense) {
  EXPECT_THAT(parse_authentication_results("mx.example.com; none")->verdicts, IsEmpty());
  EXPECT_THAT(parse_authentication_results("mx.example.com;;=;spf=;=pass;spf pass")->verdicts,
              IsEmpty());
  EXPECT_FALSE(parse_authentication_results("; spf=pass"));
  EXPECT_FALSE(parse_authentication_results("(just a comment"));
}

TEST(Verdicts, ComeFromTrustedServersOnly) {
  const Headers headers{{"Authentication-Results", "evil.example; dmarc=pass; spf=pass"},
                        {"Authentication-Results", "mx.example.com; spf=softfail"}};
  EXPECT_THAT(verdicts_of(headers, {"MX.example.com"}), ElementsAre(Pair("spf", "softfail")));
  EXPECT_THAT(verdicts_of(headers, {"example.com"}), IsEmpty());
}

TEST(Verdicts, OfTheNewestFieldWhereAnyGoodSignaturePasses) {
  const Headers headers{
      {"Authentication-Results", "mx.example.com; dkim=fail; dkim=pass; dkim=none"},
      {"authentication-results", "mx.example.com; dkim=temperror; spf=fail"},
      {"Authentication-Results", "mx.example.com; spf=pass"}};
  EXPECT_THAT(verdicts_of(headers, {"mx.example.com"}),
              ElementsAre(Pair("dkim", "pass"), Pair("spf", "fail")));
}

}  // namespace
}  // namespace vedette::message
