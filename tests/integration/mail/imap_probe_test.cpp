// SPDX-License-Identifier: Apache-2.0
// The probes `imap` and `pop3` against a Dovecot in every state.
#include "tests/integration/mail/mail_probe_fixture.h"

namespace vedette::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

using ImapProbeTest = MailProbeTest;
using Pop3ProbeTest = MailProbeTest;

TEST_F(ImapProbeTest, LooksIntoAMailboxAndChangesNothing) {
  site().dovecot.deliver("carol", "Subject: one\n\nHello.\n");
  site().dovecot.deliver("carol", "Subject: two\n\nHello.\n");
  for (int i = 0; i < 2; ++i) {
    const Result result = run_at("imap", site().dovecot.imap(), auth("carol") + R"(
expect:
  banner: {contains: ready}
  capability: [IMAP4REV1, STARTTLS, IDLE, UIDPLUS]
  messages: 2
  unseen: 2
  uidnext: {at_least: 3}
  uidvalidity: {greater_than: 0}
  certificate_expires_in: {greater_than: 14d})");
    EXPECT_THAT(result, Passes()) << first_unmet(result);
    EXPECT_EQ(phase_names(result), "resolve connect greeting tls auth command total ");
    EXPECT_EQ(fact(result, "messages"), "2");
    EXPECT_EQ(gauge_of("imap", result, "probe_imap_messages"), 2);
    EXPECT_EQ(gauge_of("imap", result, "probe_imap_unseen_messages"), 2);
    EXPECT_GT(gauge_of("imap", result, "probe_imap_duration_seconds", "auth"), 0);
  }
}

TEST_F(ImapProbeTest, SaysWhatIsNotAsExpected) {
  const Result result = run_at("imap", site().dovecot.imaps(),
                               "encryption: implicit\nmailbox: Junk\n" + auth("dave") +
                                   "expect: {messages: {at_least: 1}}\n");
  EXPECT_THAT(result, FailsWith(Reason::expectation_failed));
  EXPECT_EQ(result.message, "number of messages was 0, expected at least 1");
  EXPECT_THAT(result.transcript.text(),
              AllOf(HasSubstr("> a2 STATUS \"Junk\""), Not(HasSubstr("secret-of-dave"))));
}

TEST_F(ImapProbeTest, GreetsOnlyWhenNobodySignsIn) {
  const Result result = run_at("imap", site().dovecot.imap(), "expect: {capability: AUTH=PLAIN}");
  EXPECT_THAT(result, Passes()) << first_unmet(result);
  EXPECT_EQ(phase_names(result), "resolve connect greeting tls command total ");
  EXPECT_TRUE(std::isnan(gauge_of("imap", result, "probe_imap_messages")));
}

TEST_F(ImapProbeTest, TellsWrongCredentialsFromAMailboxThatIsNotThere) {
  const Result stranger =
      run_at("imap", site().dovecot.imap(), "auth: {username: alice@shop.test, password: wrong}");
  EXPECT_THAT(stranger, FailsWith(Reason::auth_failed));
  EXPECT_THAT(stranger.message, HasSubstr("auth:"));
  const Result nowhere = run_at("imap", site().dovecot.imap(), "mailbox: Büro\n" + auth("alice"));
  EXPECT_THAT(nowhere, FailsWith(Reason::expectation_failed));
  EXPECT_THAT(nowhere.message, HasSubstr("the server refused STATUS: NO"));
}

TEST_F(ImapProbeTest, SeesAServerThatIsStoppedSilentOrExpired) {
  DovecotServer dovecot(site().tls, {.identity = "expired"});
  EXPECT_THAT(run_at("imap", dovecot.imap(), auth("alice")), FailsWith(Reason::tls_expired));
  EXPECT_THAT(run_at("imap", dovecot.imaps(), "encryption: implicit"),
              FailsWith(Reason::tls_expired));
  EXPECT_THAT(run_at("pop3", dovecot.pop3(), auth("alice")), FailsWith(Reason::tls_expired));
  dovecot.pause();
  EXPECT_THAT(run_at("imap", dovecot.imap(), {}, 300ms), FailsWith(Reason::timeout));
  EXPECT_THAT(run_at("imap", dovecot.imaps(), "encryption: implicit", 300ms),
              FailsWith(Reason::tls_timeout));
  dovecot.stop();
  EXPECT_THAT(run_at("imap", dovecot.imap()), FailsWith(Reason::connect_refused));
}

TEST_F(Pop3ProbeTest, CountsWhatIsThere) {
  site().dovecot.deliver("bob", "Subject: one\n\nHello.\n");
  for (const char* mechanism : {"auto", "plain", "login", "cram-md5", "scram-sha-1"}) {
    const Result result = run_at("pop3", site().dovecot.pop3(),
                                 auth("bob", fmt::format(", mechanism: {}", mechanism)) + R"(
expect:
  banner: {contains: ready}
  capability: [STLS, UIDL, AUTH=PLAIN]
  messages: 1
  bytes: {at_least: 10})");
    EXPECT_THAT(result, Passes()) << first_unmet(result);
    EXPECT_EQ(gauge_of("pop3", result, "probe_pop3_messages"), 1);
  }
  EXPECT_EQ(site().dovecot.messages("bob"), 1u);
}

TEST_F(Pop3ProbeTest, TellsWhyASignInFailed) {
  const Result result = run_at("pop3", site().dovecot.pop3s(),
                               "encryption: implicit\nauth: {username: bob, password: wrong}");
  EXPECT_THAT(result, FailsWith(Reason::auth_failed));
  EXPECT_THAT(result.message, HasSubstr("auth: the server refused the sign-in: [AUTH]"));
  EXPECT_EQ(phase_names(result), "resolve connect tls greeting auth total ");
}

}  // namespace
}  // namespace vedette::test
