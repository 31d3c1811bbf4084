// SPDX-License-Identifier: Apache-2.0
// Facts out of certificates that are made here, and the digest that chains go by.
#include "probes/net/tls_chain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/probes/net/pem.h"

namespace vedette::net {
namespace {

using std::chrono::hours;
using testing::ElementsAre;
using testing::MatchesRegex;

Instant soon(std::chrono::seconds offset) {
  return wall_now() + offset;
}

TEST(DescribeCertificate, TellsSubjectIssuerNamesAndDates) {
  const auto root = test::Authority::root("Test Root");
  const auto chain = test::certificates(root.issue({.common_name = "shop.test",
                                                    .dns = {"shop.test", "*.shop.test"},
                                                    .ip = {"192.0.2.7", "2001:db8::1"},
                                                    .not_before = -hours(2),
                                                    .not_after = hours(48)})
                                            .chain_pem);
  const Certificate leaf = describe(*sk_X509_value(chain.get(), 0));
  EXPECT_EQ(leaf.subject, "CN=shop.test");
  EXPECT_EQ(leaf.issuer, "CN=Test Root");
  EXPECT_THAT(leaf.names, ElementsAre("shop.test", "*.shop.test", "192.0.2.7", "2001:db8::1"));
  EXPECT_THAT(leaf.serial, MatchesRegex("[0-9A-F]+"));
  EXPECT_THAT(leaf.sha256, MatchesRegex("[0-9a-f]{64}"));
  EXPECT_LT(std::chrono::abs(leaf.not_before - soon(-hours(2))), std::chrono::minutes(1));
  EXPECT_LT(std::chrono::abs(leaf.not_after - soon(hours(48))), std::chrono::minutes(1));
}

TEST(DescribeCertificate, KeepsUtf8AndEscapesControlCharacters) {
  const auto chain = test::certificates(
      test::self_signed({.common_name = "Caf\xc3\xa9\x07", .dns = {"a.test"}}).chain_pem);
  EXPECT_EQ(describe(*sk_X509_value(chain.get(), 0)).subject, "CN=Caf\xc3\xa9\\07");
}

TEST(DatesOf, AreTheNarrowestOfTheChain) {
  const auto intermediate =
      test::Authority::root("Root").intermediate("Issuing", test::KeyKind::p256, hours(5));
  const auto chain = test::certificates(
      intermediate.issue({.dns = {"a.test"}, .not_before = -hours(9), .not_after = hours(9)})
          .chain_pem);
  ASSERT_EQ(sk_X509_num(chain.get()), 2);
  const VerifiedChain dates = dates_of(*chain);
  EXPECT_EQ(dates.not_after, not_after_of(*sk_X509_value(chain.get(), 1)));
  EXPECT_EQ(dates.not_before, std::max(not_before_of(*sk_X509_value(chain.get(), 0)),
                                       not_before_of(*sk_X509_value(chain.get(), 1))));
}

TEST(ChainDigest, IsThatOfTheBytesAndTheirOrder) {
  const auto root = test::Authority::root("Root");
  const std::string first = root.issue({.dns = {"a.test"}}).chain_pem;
  const std::string second = root.issue({.dns = {"a.test"}}).chain_pem;
  ChainHasher hasher;
  const auto digest = [&](const std::string& pem) { return hasher(*test::certificates(pem)); };
  ASSERT_TRUE(digest(first));
  EXPECT_EQ(digest(first), digest(first));
  EXPECT_NE(digest(first), digest(second));
  EXPECT_NE(digest(first), digest(first + second));
  EXPECT_NE(digest(first + second), digest(second + first));
  EXPECT_NE(digest(first), digest(""));
}

TEST(ChainFacts, RendersTheSameBytesOnce) {
  const auto chain = test::certificates(test::self_signed({.dns = {"a.test"}}).chain_pem);
  const auto digest = ChainHasher()(*chain);
  ChainFacts facts(4);
  const CertificateChain first = facts.of(*chain, digest);
  EXPECT_EQ(first, facts.of(*chain, digest));
  ASSERT_EQ(first->size(), 1U);
  EXPECT_EQ(first->front().names, std::vector<std::string>{"a.test"});
  // Without a digest nothing is shared.
  EXPECT_NE(first, facts.of(*chain, std::nullopt));
}

}  // namespace
}  // namespace vedette::net
