// SPDX-License-Identifier: Apache-2.0
// Signatures, and a resolver that checks them.
#include "tests/integration/dns/dns_site.h"

namespace vedette::test {
namespace {

using testing::HasSubstr;
using DnssecTest = DnsSiteTest;

TEST_F(DnssecTest, ValidatedAnswerIsAuthenticated) {
  const Result result = run("host.shop.test", at_resolver("authenticated: true"));
  EXPECT_THAT(result, Passes());
  EXPECT_THAT(fact(result, "flags"), HasSubstr("ad"));
}

TEST_F(DnssecTest, AnswerThatNobodyValidatedIsNot) {
  EXPECT_THAT(run("host.shop.test", at_knot("authenticated: true")),
              FailsWith(Reason::dns_not_authenticated));
  EXPECT_THAT(run("www.cluster.test", at_resolver("authenticated: true")),
              FailsWith(Reason::dns_not_authenticated))
      << "a zone that is not signed";
}

TEST_F(DnssecTest, BrokenSignatureIsBogus) {
  const Result result = run("www.broken.test", at_resolver());
  EXPECT_THAT(result, FailsWith(Reason::dns_bogus));
  EXPECT_THAT(result.message, HasSubstr("DNSSEC"));
  EXPECT_THAT(run("www.broken.test", at_resolver("dnssec: {checking_disabled: true}")), Passes());
}

// Without EDNS the resolver cannot say why, so it is asked again with checking disabled.
TEST_F(DnssecTest, BogusIsToldAlsoWhenTheServerDoesNotSaySo) {
  const Result result = run("www.broken.test", at_resolver("edns: none"));
  EXPECT_THAT(result, FailsWith(Reason::dns_bogus));
  EXPECT_THAT(run("www.broken.test", at_resolver("expect: {rcode: SERVFAIL}")), Passes());
}

TEST_F(DnssecTest, SignaturesMustLastLongEnough) {
  const std::string lasting = "expect: {signatures_valid_for: {greater_than: 3d}}";
  const Result good = run("host.shop.test", at_knot(lasting));
  EXPECT_THAT(good, Passes());
  EXPECT_GT(gauge(good, "probe_dns_signature_expiry_timestamp_seconds"), 0);
  const Result ending = run("www.short.test", at_knot(lasting));
  EXPECT_THAT(ending, FailsWith(Reason::expectation_failed));
  EXPECT_THAT(ending.message, HasSubstr("signature expires in"));
  EXPECT_THAT(run("www.broken.test", at_knot("edns: 1232\nexpect: {signatures_valid_for: "
                                             "{greater_than: 30d}}")),
              FailsWith(Reason::expectation_failed));
}

TEST_F(DnssecTest, ThereMustBeSignaturesAtAll) {
  const Result result =
      run("www.cluster.test", at_resolver("expect: {signatures_valid_for: {greater_than: 3d}}"));
  EXPECT_THAT(result, FailsWith(Reason::expectation_failed));
  EXPECT_THAT(result.message, HasSubstr("no signature"));
}

}  // namespace
}  // namespace vedette::test
