// SPDX-License-Identifier: Apache-2.0
#include "probes/dns/agreement.h"

#include <gmock/gmock.h>

namespace vedette::dns {
namespace {

using testing::HasSubstr;
using testing::Not;

Claim claim(std::string server, std::vector<std::string> data,
            std::optional<std::uint32_t> serial = std::nullopt) {
  return {std::move(server), std::move(data), serial};
}

TEST(DnsAgreement, ServersThatSayTheSameAgree) {
  const std::vector<Claim> claims{claim("a", {"1"}, 5), claim("b", {"1"}, 5)};
  EXPECT_EQ(disagreement(claims, 0), std::nullopt);
  EXPECT_EQ(lag_of(claims), 0u);
  EXPECT_EQ(disagreement(std::vector{claims.front()}, 0), std::nullopt);
  EXPECT_EQ(lag_of(std::vector{claims.front()}), std::nullopt);
}

TEST(DnsAgreement, TheOneThatDiffersFromMostIsNamed) {
  const std::vector<Claim> claims{claim("a", {"bad"}), claim("b", {"good"}), claim("c", {"good"})};
  const auto apart = disagreement(claims, std::nullopt);
  ASSERT_TRUE(apart);
  EXPECT_THAT(*apart, HasSubstr("a says bad"));
  EXPECT_THAT(*apart, HasSubstr("2 of 3 servers say good"));
  EXPECT_THAT(*disagreement(std::vector{claim("a", {"x"}), claim("b", {})}, std::nullopt),
              HasSubstr("b says nothing"));
}

TEST(DnsAgreement, SerialsCountRoundTheirEnd) {
  const std::vector<Claim> claims{claim("old", {}, 0xfffffffe), claim("new", {}, 1)};
  EXPECT_EQ(lag_of(claims), 3u);
  EXPECT_EQ(disagreement(claims, 3), std::nullopt);
  const auto apart = disagreement(claims, 2);
  ASSERT_TRUE(apart);
  EXPECT_THAT(*apart, HasSubstr("the newest serial is 1"));
  EXPECT_THAT(*apart, HasSubstr("old has the serial 4294967294, 3 behind"));
  EXPECT_EQ(disagreement(claims, std::nullopt), std::nullopt);
}

TEST(DnsAgreement, MissingSerialIsNoAgreement) {
  EXPECT_THAT(*disagreement(std::vector{claim("a", {}, 1), claim("b", {})}, 5),
              HasSubstr("b shows no serial"));
  EXPECT_EQ(disagreement(std::vector{claim("a", {}), claim("b", {})}, 0), std::nullopt);
}

TEST(DnsAgreement, ManyOutOfStepAreCounted) {
  std::vector<Claim> claims{claim("a", {}, 10)};
  for (const char* name : {"b", "c", "d", "e", "f"}) claims.push_back(claim(name, {}, 1));
  const auto apart = disagreement(claims, 0);
  ASSERT_TRUE(apart);
  EXPECT_THAT(*apart, HasSubstr("and 2 more"));
  EXPECT_THAT(*apart, Not(HasSubstr("f has")));
}

TEST(DnsAgreement, ClaimsAreSortedAndSoaIsTakenWithoutItsSerial) {
  Asked asked;
  asked.server = "a";
  asked.answer.emplace();
  Record soa{.name = "z.", .type = 6, .klass = 1, .data = "Ns. root. 77 1 2 3 4", .serial = 77};
  asked.answer->answer = {soa};
  Query query;
  query.type = 6;
  const Claim found = claim_of(asked, query);
  EXPECT_EQ(found.data, std::vector<std::string>{"ns. root. 1 2 3 4"});
  EXPECT_EQ(found.serial, 77u);

  query.type = 1;
  asked.answer->answer = {{.name = "z.", .type = 1, .klass = 1, .data = "2"},
                          {.name = "z.", .type = 1, .klass = 1, .data = "1"},
                          {.name = "z.", .type = 46, .klass = 1, .data = "signature"}};
  asked.answer->authority = {soa};
  EXPECT_EQ(claim_of(asked, query).data, (std::vector<std::string>{"1", "2"}));
  EXPECT_EQ(claim_of(asked, query).serial, 77u);
}

}  // namespace
}  // namespace vedette::dns
