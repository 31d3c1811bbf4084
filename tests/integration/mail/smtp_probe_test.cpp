// SPDX-License-Identifier: Apache-2.0
// The probe `smtp` against a Postfix in every state.
#include "tests/integration/mail/mail_probe_fixture.h"

namespace vedette::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class SmtpProbeTest : public MailProbeTest {
 protected:
  Result run_smtp(std::uint16_t port, const std::string& more = {}, Duration timeout = 10s) {
    return run_at("smtp", port, more, timeout);
  }
  static double gauge(const Result& result, std::string_view name, std::string_view value = {}) {
    return gauge_of("smtp", result, name, value);
  }
};

TEST_F(SmtpProbeTest, SeesBannerCapabilitiesCertificateAndPhases) {
  const Result result = run_smtp(site().postfix.smtp(), R"(
expect:
  banner: {matches: "^mail\\.shop\\.test ESMTP"}
  capability: [STARTTLS, SIZE, 8BITMIME]
  encrypted: true
  size_limit: {at_least: 1000000}
  remote_address: 127.0.0.1
  certificate_expires_in: {greater_than: 14d}
  total: {less_than: 10s})");
  EXPECT_THAT(result, Passes()) << first_unmet(result);
  EXPECT_EQ(phase_names(result), "resolve connect greeting tls command total ");
  EXPECT_THAT(fact(result, "capabilities"), HasSubstr("STARTTLS"));
  EXPECT_THAT(fact(result, "certificate_names"), HasSubstr("localhost"));
  EXPECT_EQ(fact(result, "encrypted"), "true");
  EXPECT_EQ(gauge(result, "probe_smtp_status_code"), 221);
  EXPECT_EQ(gauge(result, "probe_smtp_tls"), 1);
  EXPECT_GT(gauge(result, "probe_smtp_duration_seconds", "greeting"), 0);
  EXPECT_GT(gauge(result, "probe_ssl_earliest_cert_expiry"), 1e9);
  EXPECT_TRUE(result.transcript.text().empty());
}

TEST_F(SmtpProbeTest, SignsInOverStartTlsAndImplicitTls) {
  for (const auto& [port, phases] :
       {std::pair(site().postfix.submission(), "resolve connect greeting tls auth command total "),
        std::pair(site().postfix.smtps(), "resolve connect tls greeting auth command total ")}) {
    const std::string how = port == site().postfix.smtps() ? "encryption: implicit\n" : "";
    const Result result =
        run_smtp(port, how + auth("alice") + "expect: {capability: AUTH=SCRAM-SHA-256}");
    EXPECT_THAT(result, Passes());
    EXPECT_EQ(phase_names(result), phases);
  }
}

TEST_F(SmtpProbeTest, FailsWithAuthFailedAndKeepsThePasswordOutOfEverything) {
  const Result result = run_smtp(site().postfix.submission(),
                                 "auth: {username: alice@shop.test, password: wrong-password}\n");
  EXPECT_THAT(result, FailsWith(Reason::auth_failed));
  EXPECT_THAT(result.message, HasSubstr("for good: 535 5.7.8"));
  EXPECT_EQ(fact(result, "smtp_code"), "535");
  EXPECT_EQ(fact(result, "refusal"), "permanent");
  EXPECT_EQ(phase_names(result), "resolve connect greeting tls auth total ");
  EXPECT_THAT(result.transcript.text(),
              AllOf(HasSubstr("> AUTH"), Not(HasSubstr("wrong-password")), HasSubstr("535 5.7.8")));
}

TEST_F(SmtpProbeTest, SendsNoCredentialsInTheClearUnlessAllowed) {
  const Result refused =
      run_smtp(site().postfix.plain(), "encryption: opportunistic\n" + auth("alice"));
  EXPECT_THAT(refused, FailsWith(Reason::auth_failed));
  EXPECT_THAT(refused.message, HasSubstr("without TLS"));
  EXPECT_THAT(refused.transcript.text(), Not(HasSubstr("> AUTH")));
  EXPECT_THAT(run_smtp(site().postfix.plain(),
                       "encryption: none\n" + auth("alice", ", allow_plaintext: true")),
              Passes());
}

TEST_F(SmtpProbeTest, InsistsOnTlsThatIsRequired) {
  const Result result = run_smtp(site().postfix.plain(), "encryption: required");
  EXPECT_THAT(result, FailsWith(Reason::tls_handshake));
  EXPECT_THAT(result.message, HasSubstr("does not offer STARTTLS"));
  const Result plain = run_smtp(site().postfix.plain(), "expect: {encrypted: false}");
  EXPECT_THAT(plain, Passes());
  EXPECT_EQ(gauge(plain, "probe_smtp_tls"), 0);
}

TEST_F(SmtpProbeTest, TakesRecipientsAsTheyShouldBe) {
  const Result result = run_smtp(site().postfix.smtp(), R"(
mail_from: probe@else.test
rcpt:
  - alice@shop.test
  - {address: refused@shop.test, expect: refused}
  - {address: greylisted@shop.test, expect: deferred}
  - {address: crowded@shop.test, expect: deferred}
open_relay: {from: a@else.test, to: b@elsewhere.test})");
  EXPECT_THAT(result, Passes()) << first_unmet(result);
  EXPECT_EQ(result.evidence.size(), 6u);
  EXPECT_EQ(site().dovecot.messages("alice"), 0u);
}

TEST_F(SmtpProbeTest, TellsGreylistingFromARefusalForGood) {
  const Result later =
      run_smtp(site().postfix.smtp(), "mail_from: probe@else.test\nrcpt: greylisted@shop.test");
  EXPECT_THAT(later, FailsWith(Reason::expectation_failed));
  EXPECT_THAT(later.message, AllOf(HasSubstr("command:"), HasSubstr("for now: 451 4.7.1")));
  EXPECT_EQ(fact(later, "refusal"), "temporary");
  EXPECT_EQ(fact(later, "smtp_enhanced_code"), "4.7.1");
  EXPECT_EQ(gauge(later, "probe_smtp_status_code"), 451);

  const Result never =
      run_smtp(site().postfix.smtp(), "mail_from: probe@else.test\nrcpt: refused@shop.test");
  EXPECT_THAT(never.message, HasSubstr("for good: 550 5.1.1"));
  EXPECT_EQ(fact(never, "refusal"), "permanent");
}

TEST_F(SmtpProbeTest, FindsAnOpenRelay) {
  const Result result = run_smtp(site().postfix.open_relay(),
                                 "open_relay: {from: a@else.test, to: b@elsewhere.test}");
  EXPECT_THAT(result, FailsWith(Reason::expectation_failed));
  EXPECT_THAT(result.message, HasSubstr("takes mail from anybody to anybody"));
}

TEST_F(SmtpProbeTest, NamesThePhaseOfASlowServer) {
  const Result result =
      run_smtp(site().postfix.smtp(), "mail_from: probe@else.test\nrcpt: slow@shop.test", 700ms);
  EXPECT_THAT(result, FailsWith(Reason::timeout));
  EXPECT_THAT(result.message, HasSubstr("command:"));
}

TEST_F(SmtpProbeTest, SeesAServerThatIsStoppedOrSilent) {
  site().postfix.pause();
  const Result silent = run_smtp(site().postfix.smtp(), {}, 300ms);
  site().postfix.resume();
  EXPECT_THAT(silent, FailsWith(Reason::timeout));
  EXPECT_THAT(silent.message, HasSubstr("greeting:"));

  const auto port = site().postfix.smtp();
  site().postfix.stop();
  EXPECT_THAT(run_smtp(port), FailsWith(Reason::connect_refused));
  site().postfix.start();
  EXPECT_THAT(run_smtp(port), Passes());
}

TEST_F(SmtpProbeTest, RefusesACertificateThatIsNotGood) {
  PostfixServer expired(site().tls, site().dovecot, {.identity = "expired"});
  for (const auto port : {expired.smtp(), expired.submission()}) {
    const Result result = run_smtp(port);
    EXPECT_THAT(result, FailsWith(Reason::tls_expired));
    EXPECT_THAT(fact(result, "certificate_not_after"), Not(testing::IsEmpty()));
  }
  EXPECT_THAT(run_smtp(expired.smtps(), "encryption: implicit"), FailsWith(Reason::tls_expired));
  EXPECT_THAT(run_smtp(expired.smtp(), "tls: {verify: false}"), Passes());
  expired.show("wrong_host");
  EXPECT_THAT(run_smtp(expired.smtp()), FailsWith(Reason::tls_wrong_host));
}

}  // namespace
}  // namespace vedette::test
