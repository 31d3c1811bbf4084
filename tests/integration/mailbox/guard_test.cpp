// SPDX-License-Identifier: Apache-2.0
// The guard sees what a second client does to the mailbox, and does nothing to it itself.
#include "tests/integration/mailbox/guard_fixture.h"

namespace vedette::test {
namespace {

using testing::Contains;
using testing::Field;
using testing::HasSubstr;
using testing::Not;

double gauge(const Result& result, std::string_view name) {
  return gauge_of("mailbox", result, name);
}

TEST_F(GuardTest, TellsHowTheMailboxIsAndLeavesNoTraceInIt) {
  deliver(3);
  const ProbeCheck guard("mailbox", section("at_least: 3\nquota_below: 90"));
  for (int i = 0; i < 3; ++i) {
    const auto result = look(guard);
    ASSERT_THAT(result, Passes());
    EXPECT_EQ(gauge(result, "probe_mailbox_messages"), 3);
    EXPECT_EQ(gauge(result, "probe_mailbox_unseen"), 3);
    EXPECT_EQ(gauge(result, "probe_mailbox_uidnext"), 4);
    EXPECT_GT(gauge(result, "probe_mailbox_uidvalidity"), 0);
    EXPECT_LT(gauge(result, "probe_mailbox_quota_used_ratio"), 0.1);
    EXPECT_GT(gauge(result, "probe_ssl_earliest_cert_expiry"), 0);
    for (const auto* name : {"resolve", "connect", "tls", "greeting", "auth", "command", "total"})
      EXPECT_TRUE(phase(result, name)) << name;
  }
  const auto status = client().must(client().session().status(folder(), ImapClient::soon()));
  EXPECT_EQ(status.unseen, 3U);
  EXPECT_EQ(dovecot().messages("alice", folder()), 3U);
}

TEST_F(GuardTest, APortalThatRetrievesAndDeletesIsSeenAtTheNextLookAndStaysSeen) {
  deliver(12);
  const ProbeCheck guard("mailbox", section("at_least: 10\ncanary: {plant: true}"));
  ASSERT_THAT(look(guard), Passes());
  EXPECT_EQ(dovecot().messages("alice", folder()), 13U) << "the canary";
  ASSERT_THAT(look(guard), Passes());
  const auto all = uids();
  client().retrieve(all);
  client().remove(all);
  deliver(2);
  const auto result = look(guard);
  ASSERT_THAT(result, FailsWith(Reason::mailbox_shrunk));
  std::string evidence;
  for (const auto& each : result.evidence) evidence += each.saw + "\n";
  EXPECT_THAT(evidence, HasSubstr("2 messages are in the mailbox, at least 10 expected"));
  EXPECT_THAT(evidence, HasSubstr("12 messages were removed by somebody else"));
  EXPECT_THAT(evidence, HasSubstr("12 messages before, 2 now"));
  EXPECT_THAT(evidence, HasSubstr("the canary message was removed by somebody else"));
  EXPECT_EQ(gauge(result, "probe_mailbox_canary"), 0);
  deliver(20);
  EXPECT_THAT(look(guard), FailsWith(Reason::mailbox_shrunk)) << "new mail does not undo the loss";
  EXPECT_EQ(dovecot().messages("alice", folder()), 22U) << "no new canary while it lasts";
}

TEST_F(GuardTest, ACanaryThatWasReadIsSeenUntilItIsUnreadAgain) {
  const ProbeCheck guard("mailbox", section("canary: {plant: true}"));
  ASSERT_THAT(look(guard), Passes());
  ASSERT_THAT(look(guard), Passes());
  const auto canary = uids();
  ASSERT_EQ(canary.size(), 1U);
  const auto headers = client().must(
      client().session().fetch(canary, "(FLAGS BODY.PEEK[HEADER])", ImapClient::soon()));
  EXPECT_FALSE(headers.front().has_flag("\\Seen"));
  EXPECT_THAT(headers.front().parts.front().second, HasSubstr("X-Vedette-Canary: vedette-"));
  client().retrieve(canary);
  const auto result = look(guard);
  ASSERT_THAT(result, FailsWith(Reason::mailbox_read_by_others));
  EXPECT_THAT(result.message, HasSubstr("the canary message was read by somebody else"));
  client().flag(canary, "-FLAGS", "\\Seen");
  EXPECT_THAT(look(guard), Passes());
  client().flag(canary, "+FLAGS", "\\Deleted");
  EXPECT_THAT(look(guard), FailsWith(Reason::mailbox_deletion_marks));
}

TEST_F(GuardTest, AForeignMarkIsSeenAndTheSameMarkCarriedOut) {
  deliver(5);
  const ProbeCheck guard("mailbox", section("lost_at_most: 0"));
  ASSERT_THAT(look(guard), Passes());
  const auto all = uids();
  client().flag({all.front()}, "+FLAGS", "\\Deleted");
  EXPECT_THAT(look(guard), FailsWith(Reason::mailbox_deletion_marks));
  client().remove({all.front()});
  const auto result = look(guard);
  ASSERT_THAT(result, FailsWith(Reason::mailbox_shrunk));
  EXPECT_THAT(result.message, HasSubstr("1 message was removed"));
}

TEST_F(GuardTest, WhoReadsWhereNobodyMayIsSeenAndWhoMayReadIsNot) {
  deliver(4);
  const ProbeCheck strict("mailbox", section("read_at_most: 0"));
  const ProbeCheck lenient("mailbox", section("lost_at_most: 0"));
  ASSERT_THAT(look(strict, 1), Passes());
  ASSERT_THAT(look(lenient, 2), Passes());
  const auto all = uids();
  client().retrieve({all[0], all[1]});
  const auto result = look(strict, 1);
  ASSERT_THAT(result, FailsWith(Reason::mailbox_read_by_others));
  EXPECT_THAT(result.message, HasSubstr("2 messages were read by somebody else"));
  EXPECT_THAT(look(lenient, 2), Passes());
}

TEST_F(GuardTest, AMailboxThatWasMadeAnewIsSeen) {
  deliver(4);
  const ProbeCheck guard("mailbox", section("at_least: 4"));
  ASSERT_THAT(look(guard), Passes());
  client().command("DELETE", folder());
  std::this_thread::sleep_for(1100ms);  // UIDVALIDITY is a time in seconds
  client().command("CREATE", folder());
  const auto result = look(guard);
  ASSERT_THAT(result, FailsWith(Reason::mailbox_rebuilt));
  EXPECT_THAT(result.message, HasSubstr("4 messages before, 0 now"));
}

TEST_F(GuardTest, SeveralGuardsAndARoundTripShareAMailboxWithoutAlarm) {
  deliver(2);
  const ProbeCheck guard("mailbox", section("canary: {plant: true}\nread_at_most: 0"));
  for (int i = 0; i < 2; ++i) {
    ASSERT_THAT(look(guard, 1), Passes());
    ASSERT_THAT(look(guard, 2), Passes());
  }
  EXPECT_EQ(dovecot().messages("alice", folder()), 4U) << "a canary for each";
  deliver(1, "X-Vedette-Check: abcdefghijkl\nX-Vedette-Token: whatever\n");
  ASSERT_THAT(look(guard, 1), Passes());
  ASSERT_THAT(look(guard, 2), Passes());
  const auto passing_by = uids().back();
  client().retrieve({passing_by});
  client().remove({passing_by});
  EXPECT_THAT(look(guard, 1), Passes());
  EXPECT_THAT(look(guard, 2), Passes());
  forget();
  ASSERT_THAT(look(guard, 1), Passes());
  EXPECT_EQ(dovecot().messages("alice", folder()), 4U) << "its canary is known again";
}

TEST_F(GuardTest, ServersThatCannotCountAreCountedFor) {
  DovecotServer old(mailbox_site().tls,
                    {.extra = "protocol imap {\n  imap_capability = IMAP4rev1\n}\n"});
  for (int i = 0; i < 3; ++i) old.deliver("alice", "Subject: news\n\nSomething happened.\n");
  const ProbeCheck guard(
      "mailbox", fmt::format("server: \"localhost:{}\"\nencryption: implicit\nauth: {{username: "
                             "alice@shop.test, password: secret-of-alice}}\n"
                             "at_least: 3\ncanary: {{plant: true}}\nquota_below: 90\n",
                             old.imaps()));
  const auto result = look(guard);
  ASSERT_THAT(result, FailsWith(Reason::expectation_failed));
  EXPECT_EQ(result.message, "the server does not tell a quota");
  EXPECT_EQ(gauge(result, "probe_mailbox_messages"), 3);
  const auto again = look(guard);
  EXPECT_EQ(gauge(again, "probe_mailbox_canary"), 1) << "found without being told its UID";
}

TEST_F(GuardTest, TroubleWithTheServerIsNoLossAndForgetsNothing) {
  deliver(3);
  const ProbeCheck guard("mailbox", section("lost_at_most: 0"));
  const ProbeCheck wrong("mailbox", section("lost_at_most: 0", "secret-of-nobody"));
  ASSERT_THAT(look(guard), Passes());
  const auto refused = look(wrong);
  ASSERT_THAT(refused, FailsWith(Reason::auth_failed));
  EXPECT_FALSE(refused.memory);
  EXPECT_THAT(refused.transcript.text(), Not(HasSubstr("secret-of-nobody")));
  dovecot().pause();
  EXPECT_FALSE(run(guard, 500ms).memory);
  dovecot().resume();
  client().remove({uids().front()});
  EXPECT_THAT(look(guard), FailsWith(Reason::mailbox_shrunk));
}

TEST_F(GuardTest, AFolderThatIsNotThereIsToldInTheServersWords) {
  const ProbeCheck guard("mailbox", section("expect: {messages: 1}"));
  client().command("DELETE", folder());
  const auto result = look(guard);
  ASSERT_THAT(result, FailsWith(Reason::expectation_failed));
  EXPECT_THAT(result.message, HasSubstr("Mailbox doesn't exist"));
  client().command("CREATE", folder());
  EXPECT_EQ(look(guard).message, "number of messages was 0, expected 1");
}

// Its own server: a full mailbox disturbs all tests of that user.
TEST_F(GuardTest, AFullMailboxIsToldAsThatAndTakesNoCanary) {
  DovecotServer server(mailbox_site().tls);
  server.deliver("alice", "Subject: news\n\nSomething happened.\n");
  server.set_quota("alice", "messages=1");
  const auto section = [&](const std::string& more) {
    return fmt::format(
        "server: \"localhost:{}\"\nencryption: implicit\nauth: {{username: alice@shop.test, "
        "password: "
        "secret-of-alice}}\n{}\n",
        server.imaps(), more);
  };
  const auto full = look(ProbeCheck("mailbox", section("quota_below: 90")));
  ASSERT_THAT(full, FailsWith(Reason::mailbox_full));
  EXPECT_EQ(full.message, "100 % of the quota is used (MESSAGE 1 of 1)");
  const auto refused = look(ProbeCheck("mailbox", section("canary: {plant: true}")));
  ASSERT_THAT(refused, FailsWith(Reason::mailbox_full));
  EXPECT_THAT(refused.message, HasSubstr("the canary message cannot be put there"));
}

}  // namespace
}  // namespace vedette::test
