// SPDX-License-Identifier: Apache-2.0
// Verification against a clock of the test's own, without a session: what a memoised chain may and
// may not excuse.
#include "probes/net/tls_verifier.h"

#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include "tests/support/temp_dir.h"
#include "tests/unit/probes/net/pem.h"

namespace vedette::net {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class TlsVerifierTest : public ::testing::Test {
 protected:
  // As libssl does it: the presented chain, the purpose, the level, and then the callback.
  std::optional<Failure> verify(const std::string& chain_pem, const std::string& host,
                                bool in_full = false) {
    const auto roots = roots_.get(ca_file_, nullptr, steady_);
    if (!roots) return roots.error();
    const auto chain = test::certificates(chain_pem);
    const StoreContextPtr context(X509_STORE_CTX_new());
    X509_STORE_CTX_init(context.get(), roots->store, sk_X509_value(chain.get(), 0), chain.get());
    X509_STORE_CTX_set_default(context.get(), "ssl_server");
    X509_VERIFY_PARAM_set_auth_level(X509_STORE_CTX_get0_param(context.get()), 2);
    facts_ = verifier_.verify(
        *context,
        {.host = host, .ca_file = ca_file_, .roots = *roots, .memo = memo_, .in_full = in_full});
    EXPECT_EQ(facts_.verification.has_value(),
              X509_STORE_CTX_get_error(context.get()) != X509_V_OK);
    return facts_.verification;
  }
  void pass(Duration time) {
    steady_ += time;
    wall_ += time;
  }
  std::uint64_t hits() const { return verifier_.memo().hits(); }

  test::TempDir directory_;
  test::Authority root_ = test::Authority::root("Root");
  test::Authority issuing_ = root_.intermediate("Issuing", test::KeyKind::p256, hours(5));
  std::string chain_ =
      issuing_.issue({.dns = {"shop.test"}, .ip = {"192.0.2.7"}, .not_after = hours(2)}).chain_pem;
  std::string ca_file_ = directory_.write("ca.pem", root_.pem());
  Instant wall_ = wall_now();
  Steady::time_point steady_{};
  TlsClock clock_{.wall = [this] { return wall_; }, .steady = [this] { return steady_; }};
  RootSets roots_{""};
  TlsVerifier verifier_{roots_, clock_};
  TlsFacts facts_;
  bool memo_ = true;
};

TEST_F(TlsVerifierTest, KeepsTheChainAndItsExpiries) {
  EXPECT_FALSE(verify(chain_, "shop.test"));
  ASSERT_EQ(facts_.chain->size(), 2U);
  EXPECT_EQ((*facts_.chain)[0].names.front(), "shop.test");
  EXPECT_EQ(facts_.earliest_expiry, (*facts_.chain)[0].not_after);
  EXPECT_EQ(facts_.last_chain_expiry, (*facts_.chain)[0].not_after);
}

TEST_F(TlsVerifierTest, AHitGivesTheSameFactsAsAFullVerification) {
  EXPECT_FALSE(verify(chain_, "shop.test"));
  const TlsFacts full = facts_;
  EXPECT_FALSE(verify(chain_, "shop.test"));
  EXPECT_EQ(hits(), 1U);
  EXPECT_EQ(facts_.chain, full.chain);
  EXPECT_EQ(facts_.earliest_expiry, full.earliest_expiry);
  EXPECT_EQ(facts_.last_chain_expiry, full.last_chain_expiry);
}

TEST_F(TlsVerifierTest, AWrongHostFailsOnAMemoisedChain) {
  EXPECT_FALSE(verify(chain_, "shop.test"));
  for (int i = 0; i < 3; ++i) {
    const auto failure = verify(chain_, "other.test");
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->reason, Reason::tls_wrong_host);
    EXPECT_FALSE(verify(chain_, "shop.test"));
  }
  EXPECT_EQ(hits(), 6U);
}

TEST_F(TlsVerifierTest, ALeafThatExpiresInMidRunFails) {
  EXPECT_FALSE(verify(chain_, "shop.test"));
  pass(hours(2) - minutes(5));
  EXPECT_FALSE(verify(chain_, "shop.test"));
  EXPECT_FALSE(verify(chain_, "shop.test"));
  EXPECT_EQ(hits(), 1U);
  wall_ = facts_.earliest_expiry;
  const auto failure = verify(chain_, "shop.test");
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->reason, Reason::tls_expired);
  EXPECT_EQ(hits(), 1U);
}

TEST_F(TlsVerifierTest, AnIntermediateThatExpiresInMidRunFailsThoughTheLeafLivesOn) {
  const std::string chain = root_.intermediate("Short", test::KeyKind::p256, minutes(5))
                                .issue({.dns = {"shop.test"}, .not_after = hours(9)})
                                .chain_pem;
  EXPECT_FALSE(verify(chain, "shop.test"));
  EXPECT_FALSE(verify(chain, "shop.test"));
  pass(minutes(6));
  const auto failure = verify(chain, "shop.test");
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->reason, Reason::tls_expired);
  EXPECT_NE(failure->message.find("CN=Short"), std::string::npos) << failure->message;
}

TEST_F(TlsVerifierTest, AClockBeforeTheFirstDayFailsOnAMemoisedChain) {
  EXPECT_FALSE(verify(chain_, "shop.test"));
  wall_ -= hours(3);
  const auto failure = verify(chain_, "shop.test");
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->reason, Reason::tls_not_yet_valid);
  EXPECT_EQ(hits(), 0U);
}

TEST_F(TlsVerifierTest, AClockSetBackALittleVerifiesInFullAndGoesOn) {
  EXPECT_FALSE(verify(chain_, "shop.test"));
  wall_ -= seconds(10);
  EXPECT_FALSE(verify(chain_, "shop.test"));
  EXPECT_EQ(hits(), 0U);
}

TEST_F(TlsVerifierTest, OtherRootsAreNotExcusedByWhatWasVerifiedBefore) {
  EXPECT_FALSE(verify(chain_, "shop.test"));
  directory_.write("ca.pem", test::Authority::root("Root").pem());  // same name, another key
  pass(RootSets::recheck_after);
  const auto failure = verify(chain_, "shop.test");
  ASSERT_TRUE(failure);
  EXPECT_EQ(hits(), 0U);
}

TEST_F(TlsVerifierTest, RefusalsAreNeverRemembered) {
  const std::string stranger =
      test::Authority::root("Stranger").issue({.dns = {"shop.test"}}).chain_pem;
  for (int i = 0; i < 2; ++i) {
    const auto failure = verify(stranger, "shop.test");
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->reason, Reason::tls_unknown_issuer);
  }
  EXPECT_EQ(verifier_.memo().size(), 0U);
}

TEST_F(TlsVerifierTest, CanBeToldToVerifyInFullOrWithoutMemory) {
  EXPECT_FALSE(verify(chain_, "shop.test", true));
  EXPECT_FALSE(verify(chain_, "shop.test", true));
  EXPECT_EQ(hits(), 0U);
  EXPECT_FALSE(verify(chain_, "shop.test"));
  EXPECT_EQ(hits(), 1U);
  memo_ = false;
  EXPECT_FALSE(verify(chain_, "shop.test"));
  EXPECT_EQ(hits(), 1U);
  EXPECT_EQ(verifier_.memo().misses(), 3U);
}

TEST_F(TlsVerifierTest, ATrustedIntermediateIsAcceptedAndAlwaysVerifiedInFull) {
  ca_file_ = directory_.write("issuing.pem", issuing_.pem());
  EXPECT_FALSE(verify(chain_, "shop.test"));
  EXPECT_FALSE(verify(chain_, "shop.test"));
  EXPECT_EQ(hits(), 0U);
  EXPECT_EQ(verifier_.memo().size(), 0U);
}

TEST_F(TlsVerifierTest, ASelfSignedCertificateIsTrustedWhenTheFileHoldsIt) {
  const std::string own = test::self_signed({.dns = {"shop.test"}}).chain_pem;
  const auto failure = verify(own, "shop.test");
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->reason, Reason::tls_self_signed);
  ca_file_ = directory_.write("own.pem", own);
  EXPECT_FALSE(verify(own, "shop.test"));
}

TEST_F(TlsVerifierTest, AClientCertificateIsNoServerCertificate) {
  const auto failure =
      verify(issuing_.issue({.dns = {"shop.test"}, .client = true}).chain_pem, "shop.test");
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->reason, Reason::tls_handshake);
  EXPECT_NE(failure->message.find("purpose"), std::string::npos) << failure->message;
}

struct NameCase {
  std::string host;
  bool named;
};

class NamesHostTest : public ::testing::TestWithParam<NameCase> {};

TEST_P(NamesHostTest, FollowsRfc9525) {
  static const auto chain =
      test::certificates(test::self_signed({.common_name = "common.test",
                                            .dns = {"shop.test", "*.cdn.test", "w*.part.test"},
                                            .ip = {"192.0.2.7", "2001:db8::1"}})
                             .chain_pem);
  EXPECT_EQ(names_host(*sk_X509_value(chain.get(), 0), GetParam().host), GetParam().named)
      << GetParam().host;
}

INSTANTIATE_TEST_SUITE_P(
    Hosts, NamesHostTest,
    ::testing::Values(NameCase{"shop.test", true}, NameCase{"SHOP.Test", true},
                      NameCase{"a.cdn.test", true}, NameCase{"a.b.cdn.test", false},
                      NameCase{"cdn.test", false}, NameCase{"www.part.test", false},
                      NameCase{"common.test", false}, NameCase{"192.0.2.7", true},
                      NameCase{"192.0.2.8", false}, NameCase{"2001:db8::1", true},
                      NameCase{"2001:db8:0::1", true}, NameCase{"2001:db8::2", false},
                      NameCase{"", false}, NameCase{"xshop.test", false}));

TEST(NamesHost, AnAddressIsNotMatchedByADnsNameNorANameByAnAddress) {
  const auto chain = test::certificates(test::self_signed({.dns = {"192.0.2.7"}}).chain_pem);
  EXPECT_FALSE(names_host(*sk_X509_value(chain.get(), 0), "192.0.2.7"));
}

TEST(NamesHost, ACommonNameIsNotLookedAt) {
  const auto chain = test::certificates(test::self_signed({.common_name = "shop.test"}).chain_pem);
  EXPECT_FALSE(names_host(*sk_X509_value(chain.get(), 0), "shop.test"));
}

}  // namespace
}  // namespace vedette::net
