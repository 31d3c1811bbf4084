// SPDX-License-Identifier: Apache-2.0
// Messages through Postfix, LMTP and Dovecot: what arrives, where, how often, and what does not.
#include "tests/integration/round_trip/round_trip_fixture.h"

namespace vedette::test {
namespace {

using testing::HasSubstr;

using RoundTripDelivery = RoundTripTest;

TEST_F(RoundTripDelivery, AMessageArrivesIsLookedAtAndDeleted) {
  const Result result = run(section("signed", R"(
headers: {Reply-To: noreply@shop.test, Organization: Grüße GmbH}
subject: Grüße aus dem Laden
authserv_id: mail.shop.test
expect:
  authentication: {spf: pass, dkim: fail}
  received_tls: true
  headers: {Reply-To: noreply@shop.test}
  hops: {at_least: 2}
  delivery: {less_than: 15s}
  submission: {less_than: 10s}
  mailbox_certificate_expires_in: {greater_than: 1d}
  submission_certificate_expires_in: {greater_than: 1d}
)"));
  EXPECT_THAT(result, Passes());
  EXPECT_EQ(inbox(), 0u);
  EXPECT_EQ(fact(result, "folder"), "INBOX");
  EXPECT_EQ(fact(result, "authentication"), "spf=pass, dkim=fail");
  EXPECT_THAT(fact(result, "received"), HasSubstr("by mail.shop.test with ESMTPSA (TLS)"));
  EXPECT_THAT(fact(result, "accepted"), HasSubstr("250 2.0.0 Ok: queued as"));
  EXPECT_EQ(fact(result, "submission_tls_version"), "TLS 1.3");
  EXPECT_EQ(fact(result, "mailbox_address"), "127.0.0.1");
  EXPECT_EQ(gauge(result, "probe_mail_copies"), 1);
  EXPECT_EQ(gauge(result, "probe_mail_altered"), 0);
  EXPECT_GT(gauge(result, "probe_mail_delivery_seconds"), 0);
  EXPECT_GT(gauge(result, "probe_mail_submission_seconds"), 0);
  EXPECT_TRUE(result.memory);
}

TEST_F(RoundTripDelivery, JunkIsFoundNamedAndDeleted) {
  EXPECT_THAT(run(section("alice+Junk")), FailsWith(Reason::mail_in_junk));
  EXPECT_EQ(junk(), 0u);
  EXPECT_THAT(run(section("alice+Junk", "junk: degraded")), DegradesWith(Reason::mail_in_junk));
  EXPECT_THAT(run(section("alice+Junk", "junk: accept")), Passes());
}

TEST_F(RoundTripDelivery, TheSecondCopyIsNoticedNowOrByTheNextRun) {
  const Result first = run(section("twice"));
  const Result second = run(section("alice"), 20s, first.memory.value_or(""));
  const bool noticed =
      first.reason == Reason::mail_duplicated || second.reason == Reason::mail_duplicated;
  EXPECT_TRUE(noticed) << testing::PrintToString(first) << testing::PrintToString(second);
}

TEST_F(RoundTripDelivery, ARewrittenSubjectIsAnAlteration) {
  const Result result = run(section("alice", "subject: Tagged by the relay"));
  EXPECT_THAT(result, FailsWith(Reason::mail_altered));
  EXPECT_THAT(result.message, HasSubstr("the header Subject was \"[EXTERNAL] Tagged"));
  EXPECT_EQ(inbox(), 0u) << "it is deleted all the same";
}

TEST_F(RoundTripDelivery, ALostMessageIsNotDelivered) {
  const Result result = run(section("lost", "within: 700ms\nfolders: [INBOX, Junk, Spam]"));
  EXPECT_THAT(result, FailsWith(Reason::mail_not_delivered));
  EXPECT_EQ(result.message,
            "the message did not arrive within 700ms, in INBOX or Junk or Spam (there is no folder "
            "Spam)");
  EXPECT_THAT(result.transcript.text(), HasSubstr("queued as"));
  EXPECT_EQ(gauge(result, "probe_mail_copies"), 0);
  EXPECT_FALSE(result.memory);
}

TEST_F(RoundTripDelivery, TheTimeoutEndsAWaitThatIsTooLong) {
  const Result result = run(section("lost", "within: 60s"), 2s);
  EXPECT_THAT(result, FailsWith(Reason::mail_not_delivered));
  EXPECT_THAT(result.message, HasSubstr("then the timeout of the check ended the wait"));
}

TEST_F(RoundTripDelivery, AnUnmetExpectationLeavesNoMessageBehind) {
  EXPECT_THAT(run(section("alice", "expect: {delivery: {less_than: 0s}}")),
              FailsWith(Reason::mail_late));
  EXPECT_EQ(inbox(), 0u);
  EXPECT_THAT(run(section("alice", "expect_degraded: {delivery: {less_than: 0s}}")),
              DegradesWith(Reason::mail_late));
  EXPECT_THAT(run(section("alice",
                          "authserv_id: mail.shop.test\n"
                          "expect: {authentication: {dmarc: pass}}")),
              FailsWith(Reason::expectation_failed));
  EXPECT_EQ(inbox(), 0u);
}

TEST_F(RoundTripDelivery, RefusalsOfTheSubmissionAreToldApart) {
  const Result refused = run(section("refused"));
  EXPECT_THAT(refused, FailsWith(Reason::mail_refused));
  EXPECT_EQ(refused.message.find("submission: the server refused the recipient for good: 550"), 0u)
      << refused.message;
  EXPECT_THAT(run(section("greylisted")), FailsWith(Reason::mail_deferred));
  EXPECT_THAT(run(section("crowded")), FailsWith(Reason::mail_deferred));
}

TEST_F(RoundTripDelivery, AFullMailboxIsNotDelivered) {
  dovecot().deliver("alice", "Subject: the only one\n\nx\n");
  dovecot().set_quota("alice", "messages=1");
  EXPECT_THAT(run(section("alice", "within: 1s")), FailsWith(Reason::mail_not_delivered));
  EXPECT_EQ(inbox(), 1u);
  dovecot().set_quota("alice", "");
  empty_inbox();
}

TEST_F(RoundTripDelivery, TroubleOfTheSubmissionServerIsNamed) {
  postfix().show("expired");
  const Result expired = run(section("alice"));
  EXPECT_THAT(expired, FailsWith(Reason::tls_expired));
  EXPECT_EQ(expired.message.find("submission: "), 0u) << expired.message;
  EXPECT_NE(fact(expired, "submission_certificate_not_after"), "");
  postfix().stop();
  EXPECT_THAT(run(section("alice")), FailsWith(Reason::connect_refused));
}

TEST_F(RoundTripDelivery, NothingIsSentWhenTheMailboxCannotBeOpened) {
  SmtpRelay relay([](const std::string&) { return "250 ok"; });
  const Result no_folder = run(relayed(relay, "folders: [Missing]"));
  EXPECT_THAT(no_folder, FailsWith(Reason::expectation_failed));
  dovecot().show("expired");
  const Result expired = run(relayed(relay));
  EXPECT_THAT(expired, FailsWith(Reason::tls_expired));
  EXPECT_EQ(expired.message.find("mailbox: "), 0u) << expired.message;
  dovecot().stop();
  EXPECT_THAT(run(relayed(relay)), FailsWith(Reason::connect_refused));
  dovecot().show("good");
  dovecot().pause();
  EXPECT_THAT(run(relayed(relay), 1s), FailsWith(Reason::timeout));
  dovecot().resume();
  EXPECT_TRUE(relay.messages().empty());
}

}  // namespace
}  // namespace vedette::test
