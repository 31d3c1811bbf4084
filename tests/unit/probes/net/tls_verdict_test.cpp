// SPDX-License-Identifier: Apache-2.0
// Reasons and words for what can be wrong with a certificate.
#include "probes/net/tls_verdict.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/x509_vfy.h>

namespace vedette::net {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::HasSubstr;

constexpr Instant at(int year, unsigned month, unsigned day, int hour = 0) {
  return std::chrono::sys_days{std::chrono::year{year} / static_cast<int>(month) /
                               static_cast<int>(day)} +
         hours(hour);
}

class TlsVerdictTest : public ::testing::Test {
 protected:
  std::optional<Failure> verdict() const {
    return judge({.presented = chain_,
                  .chain_error = error_,
                  .names_host = names_host_,
                  .host = "shop.example.com"},
                 now_);
  }
  Reason reason() const {
    const auto failure = verdict();
    EXPECT_TRUE(failure);
    return failure ? failure->reason : Reason::protocol_error;
  }
  std::string message() const {
    const auto failure = verdict();
    return failure ? failure->message : "no failure";
  }

  Instant now_ = at(2026, 11, 11, 12);
  std::vector<Certificate> chain_{{.subject = "CN=shop.example.com",
                                   .issuer = "CN=Issuing CA",
                                   .names = {"shop.example.com"},
                                   .serial = "01",
                                   .sha256 = "",
                                   .not_before = at(2026, 1, 1),
                                   .not_after = at(2027, 1, 1)},
                                  {.subject = "CN=Issuing CA",
                                   .issuer = "CN=Root",
                                   .names = {},
                                   .serial = "02",
                                   .sha256 = "",
                                   .not_before = at(2020, 1, 1),
                                   .not_after = at(2030, 1, 1)}};
  std::optional<ChainError> error_;
  bool names_host_ = true;
};

TEST_F(TlsVerdictTest, NothingIsWrong) {
  EXPECT_FALSE(verdict());
}

TEST_F(TlsVerdictTest, ExpiredTellsTheInstantAndHowLongAgo) {
  chain_[0].not_after = at(2026, 11, 8, 10);
  error_ = ChainError{.code = X509_V_ERR_CERT_HAS_EXPIRED};
  EXPECT_EQ(reason(), Reason::tls_expired);
  EXPECT_EQ(message(), "the certificate expired on 2026-11-08 10:00 UTC, 3 days ago");
}

TEST_F(TlsVerdictTest, ExpiresAtTheInstantItself) {
  now_ = chain_[0].not_after - std::chrono::milliseconds(1);
  EXPECT_FALSE(verdict());
  now_ = chain_[0].not_after;
  EXPECT_EQ(reason(), Reason::tls_expired);
}

TEST_F(TlsVerdictTest, NotYetValidTellsWhenItWillBe) {
  chain_[0].not_before = at(2026, 11, 11, 14);
  error_ = ChainError{.code = X509_V_ERR_CERT_NOT_YET_VALID};
  EXPECT_EQ(reason(), Reason::tls_not_yet_valid);
  EXPECT_EQ(message(), "the certificate is not valid before 2026-11-11 14:00 UTC, in 2 hours");
}

TEST_F(TlsVerdictTest, AnExpiredIntermediateIsNamed) {
  error_ = ChainError{.code = X509_V_ERR_CERT_HAS_EXPIRED,
                      .depth = 1,
                      .subject = "CN=Issuing CA",
                      .not_before = at(2020, 1, 1),
                      .not_after = at(2026, 11, 10, 12)};
  EXPECT_EQ(reason(), Reason::tls_expired);
  EXPECT_EQ(
      message(),
      "the issuer's certificate \"CN=Issuing CA\" expired on 2026-11-10 12:00 UTC, 1 day ago");
}

TEST_F(TlsVerdictTest, SelfSigned) {
  error_ = ChainError{.code = X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT};
  EXPECT_EQ(reason(), Reason::tls_self_signed);
  EXPECT_EQ(message(), "the certificate is self-signed and not among the trusted roots");
}

TEST_F(TlsVerdictTest, UnknownIssuerIsTheOneThatTheLastCertificateNames) {
  error_ = ChainError{.code = X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, .depth = 1};
  EXPECT_EQ(reason(), Reason::tls_unknown_issuer);
  EXPECT_EQ(message(), "the issuer \"CN=Root\" is not among the trusted roots");
}

TEST_F(TlsVerdictTest, ALoneLeafHintsAtAMissingIntermediate) {
  chain_.pop_back();
  error_ = ChainError{.code = X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY};
  EXPECT_EQ(reason(), Reason::tls_unknown_issuer);
  EXPECT_EQ(message(),
            "the issuer \"CN=Issuing CA\" is not among the trusted roots; the server sent only its "
            "own certificate, so "
            "an intermediate may be missing");
}

TEST_F(TlsVerdictTest, ARootThatTheServerSentIsNotTrustedForThat) {
  error_ = ChainError{
      .code = X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, .depth = 2, .subject = "CN=Own Root"};
  EXPECT_EQ(reason(), Reason::tls_unknown_issuer);
  EXPECT_EQ(message(), "the chain ends at \"CN=Own Root\", which is not among the trusted roots");
}

TEST_F(TlsVerdictTest, WrongHostTellsBothSides) {
  names_host_ = false;
  chain_[0].names = {"www.example.com", "*.cdn.example.com"};
  EXPECT_EQ(reason(), Reason::tls_wrong_host);
  EXPECT_EQ(message(),
            "the certificate is for www.example.com, *.cdn.example.com, not for shop.example.com");
}

TEST_F(TlsVerdictTest, OfManyNamesOnlyAFewAreTold) {
  names_host_ = false;
  chain_[0].names = {"a", "b", "c", "d", "e", "f", "g"};
  EXPECT_EQ(message(), "the certificate is for a, b, c, d, e and 2 more, not for shop.example.com");
}

TEST_F(TlsVerdictTest, ACommonNameAloneNamesNoHost) {
  names_host_ = false;
  chain_[0].names.clear();
  EXPECT_EQ(reason(), Reason::tls_wrong_host);
  EXPECT_THAT(message(), HasSubstr("has no subjectAltName"));
}

TEST_F(TlsVerdictTest, AnythingElseIsAHandshakeFailureInOpenSslsWords) {
  error_ = ChainError{.code = X509_V_ERR_EE_KEY_TOO_SMALL};
  EXPECT_EQ(reason(), Reason::tls_handshake);
  EXPECT_EQ(message(), "the certificate was not accepted: EE certificate key too weak");
  error_ =
      ChainError{.code = X509_V_ERR_CERT_SIGNATURE_FAILURE, .depth = 1, .subject = "CN=Issuing CA"};
  EXPECT_EQ(reason(), Reason::tls_handshake);
  EXPECT_THAT(message(),
              HasSubstr("\"CN=Issuing CA\" was not accepted: certificate signature failure"));
}

// The order of reasons when several things are wrong: dates, trust, host.
TEST_F(TlsVerdictTest, DatesGoBeforeTrustAndTrustBeforeHost) {
  error_ = ChainError{.code = X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT};
  names_host_ = false;
  EXPECT_EQ(reason(), Reason::tls_self_signed);
  EXPECT_EQ(message(),
            "the certificate is self-signed and not among the trusted roots; also, the certificate "
            "is for "
            "shop.example.com, not for shop.example.com");
  chain_[0].not_after = at(2026, 11, 8);
  EXPECT_EQ(reason(), Reason::tls_expired);
  EXPECT_THAT(message(), HasSubstr("; also, the certificate is self-signed"));
  chain_[0].not_after = at(2027, 1, 1);
  chain_[0].not_before = at(2026, 12, 1);
  EXPECT_EQ(reason(), Reason::tls_not_yet_valid);
}

TEST_F(TlsVerdictTest, ARefusedChainIsNeverGoodThoughItsDatesLookGood) {
  error_ = ChainError{.code = X509_V_ERR_CERT_HAS_EXPIRED};
  EXPECT_EQ(reason(), Reason::tls_handshake);
}

TEST(SpanInWords, TakesTheLargestUnitThatFits) {
  EXPECT_EQ(span_in_words(Duration(0)), "0 seconds");
  EXPECT_EQ(span_in_words(seconds(1)), "1 second");
  EXPECT_EQ(span_in_words(seconds(59)), "59 seconds");
  EXPECT_EQ(span_in_words(seconds(60)), "1 minute");
  EXPECT_EQ(span_in_words(minutes(119)), "1 hour");
  EXPECT_EQ(span_in_words(hours(24)), "1 day");
  EXPECT_EQ(span_in_words(days(400)), "400 days");
}

}  // namespace
}  // namespace vedette::net
