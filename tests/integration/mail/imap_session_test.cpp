// SPDX-License-Identifier: Apache-2.0
// Sessions with a real Dovecot.
#include "probes/net/tls_engine.h"
#include "tests/integration/mail/session_fixture.h"

namespace vedette::test {
namespace {

using mail::Encryption;
using mail::ImapSession;
using mail::Mechanism;
using testing::AllOf;
using testing::Contains;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Optional;

class ImapSessionTest : public MailSessionTest {
 protected:
  ImapSession& open(Encryption encryption, std::uint16_t port) {
    server_ = server(port, encryption);
    session_ = std::make_unique<ImapSession>(net(), server_, mask_);
    must(session_->open(soon()));
    return *session_;
  }
  ImapSession& signed_in(const std::string& user) {
    open(Encryption::implicit, site().dovecot.imaps());
    must(session_->sign_in(credentials(user), soon()));
    session_->enter("command");
    return *session_;
  }
  std::string said() const { return session_->transcript().text(); }

 private:
  mail::Server server_;
  Mask mask_;
  std::unique_ptr<ImapSession> session_;
};

TEST_F(ImapSessionTest, SignsInByEveryMechanismOfTheServer) {
  for (const auto mechanism :
       {Mechanism::automatic, Mechanism::plain, Mechanism::login, Mechanism::cram_md5,
        Mechanism::scram_sha_1, Mechanism::scram_sha_256}) {
    ImapSession& session = open(Encryption::required, site().dovecot.imap());
    EXPECT_TRUE(session.encrypted());
    EXPECT_THAT(session.banner(), HasSubstr("ready"));
    auto who = credentials("alice");
    who.mechanism = mechanism;
    must(session.sign_in(who, soon()));
    EXPECT_TRUE(session.capabilities().has("UIDPLUS"));
    EXPECT_THAT(said(), AllOf(HasSubstr("AUTHENTICATE"), Not(HasSubstr("secret-of-alice"))));
    must(session.logout(soon()));
  }
}

// As careful servers keep them: the salt stays, and what was worked out of it serves again.
TEST_F(ImapSessionTest, SignsInAgainWhereSaltedPasswordsAreKept) {
  const DovecotServer salted(site().tls, {.salted = true});
  auto who = credentials("alice");
  who.mechanism = Mechanism::scram_sha_256;
  std::string key;
  for (int i = 0; i < 2; ++i) {
    ImapSession& session = open(Encryption::implicit, salted.imaps());
    must(session.sign_in(who, soon()));
    must(session.logout(soon()));
    EXPECT_TRUE(i == 0 || who.salted->key == key);
    key = who.salted->key;
  }
  EXPECT_EQ(key.size(), 32u);
}

TEST_F(ImapSessionTest, TellsWhyASignInFailed) {
  ImapSession& session = open(Encryption::implicit, site().dovecot.imaps());
  auto wrong = credentials("alice");
  wrong.password = "secret-of-nobody";
  const auto refused = run(session.sign_in(wrong, soon()));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, Reason::auth_failed);
  EXPECT_THAT(refused.error().message, HasSubstr("AUTHENTICATIONFAILED"));
  EXPECT_TRUE(session.refused());
}

TEST_F(ImapSessionTest, AppendsFindsFlagsAndRemovesOnlyItsOwn) {
  ImapSession& session = signed_in("carol");
  const std::string message = "Subject: a canary\r\nX-Token: one\r\n\r\nSing {3}\r\na1 OK\r\n";
  const auto appended = must(session.append("INBOX", "\\Flagged", message, soon()));
  ASSERT_TRUE(appended);
  must(session.append("INBOX", "\\Deleted", "Subject: theirs\r\n\r\nx\r\n", soon()));

  const auto box = must(session.select("INBOX", soon()));
  EXPECT_EQ(box.messages, 2u);
  EXPECT_EQ(box.uidvalidity, appended->uidvalidity);
  EXPECT_FALSE(box.read_only);
  EXPECT_THAT(box.permanent_flags, Contains("\\Seen"));

  const auto found = must(session.search("HEADER X-Token \"one\"", soon()));
  EXPECT_THAT(found, testing::ElementsAre(appended->uid));
  const auto fetched =
      must(session.fetch(found, "(FLAGS RFC822.SIZE INTERNALDATE BODY.PEEK[])", soon()));
  ASSERT_EQ(fetched.size(), 1u);
  EXPECT_EQ(*fetched[0].part(""), message);
  EXPECT_TRUE(fetched[0].has_flag("\\Flagged"));
  EXPECT_FALSE(fetched[0].has_flag("\\Seen"));
  EXPECT_THAT(said(), AllOf(HasSubstr("bytes)"), Not(HasSubstr("canary"))));

  EXPECT_TRUE(must(session.remove(found, soon())));
  EXPECT_EQ(must(session.search("ALL", soon())).size(), 1u);  // marked, but not ours
  EXPECT_TRUE(must(session.remove(must(session.search("ALL", soon())), soon())));
  must(session.logout(soon()));
}

TEST_F(ImapSessionTest, ExaminesWithoutTouching) {
  site().dovecot.deliver("dave", "Subject: one\n\nHello.\n");
  ImapSession& session = signed_in("dave");
  const auto box = must(session.examine("INBOX", soon()));
  EXPECT_TRUE(box.read_only);
  EXPECT_EQ(box.messages, 1u);
  must(session.fetch({1}, "(BODY.PEEK[HEADER])", soon()));
  const auto status = must(session.status("INBOX", soon()));
  EXPECT_THAT(status.unseen, Optional(1u));
  EXPECT_THAT(status.messages, Optional(1u));
  const auto quota = must(session.quota("INBOX", soon()));
  ASSERT_EQ(quota.size(), 1u);
  EXPECT_EQ(quota[0].resources.at(0).name, "STORAGE");
  const auto mailboxes = must(session.list("*", soon()));
  EXPECT_THAT(mailboxes,
              Contains(AllOf(Field(&mail::ImapMailboxName::name, "Junk"),
                             Field(&mail::ImapMailboxName::attributes, Contains("\\Junk")))));
}

TEST_F(ImapSessionTest, GoesOnAfterARefusal) {
  ImapSession& session = signed_in("alice");
  const auto refused = run(session.examine("Büro/\"x\"", soon()));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, Reason::expectation_failed);
  EXPECT_THAT(refused.error().message,
              HasSubstr("command: the server refused EXAMINE: NO Mailbox doesn't exist: Büro"));
  EXPECT_EQ(session.last_response().status, mail::ImapStatus::no);
  EXPECT_TRUE(session.refused());
  must(session.examine("INBOX", soon()));
  EXPECT_FALSE(session.refused());
}

TEST_F(ImapSessionTest, HearsOfNewMailWhileItWaits) {
  ImapSession& session = signed_in("alice");
  must(session.select("INBOX", soon()));
  EXPECT_FALSE(must(session.wait_for_change(Deadline::in(50ms), soon())));
  EXPECT_THAT(must(session.search("ALL", soon())), IsEmpty());
  site().dovecot.deliver("alice", "Subject: one\n\nHello.\n");
  EXPECT_TRUE(must(session.wait_for_change(soon(), soon())));
  EXPECT_EQ(must(session.search("ALL", soon())).size(), 1u);
}

// A server that can do no more than the first standard: no UIDPLUS, IDLE, ESEARCH, QUOTA.
class ImapOldServerTest : public ImapSessionTest {
 protected:
  ImapSession& signed_in_to(DovecotServer& dovecot, const std::string& user) {
    ImapSession& session = open(Encryption::implicit, dovecot.imaps());
    must(session.sign_in(credentials(user), soon()));
    session.enter("command");
    must(session.select("INBOX", soon()));
    return session;
  }
  static DovecotOptions old() { return {.extra = "imap_capability = IMAP4rev1"}; }
};

TEST_F(ImapOldServerTest, RemovesItsOwnMessagesOnlyWhenNoOthersWouldGoWithThem) {
  DovecotServer dovecot(site().tls, old());
  for (const char* message : {"Subject: ours\n\nx\n", "Subject: theirs\n\nx\n"}) {
    dovecot.deliver("alice", message);
  }
  ImapSession& session = signed_in_to(dovecot, "alice");
  EXPECT_FALSE(session.capabilities().has("UIDPLUS"));
  const auto ours = must(session.search("SUBJECT \"ours\"", soon()));
  const auto theirs = must(session.search("SUBJECT \"theirs\"", soon()));
  ASSERT_EQ(ours.size(), 1u);
  must(session.store(theirs, "+FLAGS", "\\Deleted", soon()));
  EXPECT_FALSE(must(session.remove(ours, soon())));
  EXPECT_EQ(dovecot.messages("alice"), 2u);
  must(session.store(theirs, "-FLAGS", "\\Deleted", soon()));
  EXPECT_TRUE(must(session.remove(ours, soon())));
  EXPECT_EQ(must(session.search("ALL", soon())), theirs);
}

TEST_F(ImapOldServerTest, HearsOfNewMailByAsking) {
  DovecotServer dovecot(site().tls, old());
  ImapSession& session = signed_in_to(dovecot, "bob");
  EXPECT_FALSE(must(session.wait_for_change(Deadline::in(20ms), soon())));
  dovecot.deliver("bob", "Subject: one\n\nHello.\n");
  EXPECT_TRUE(must(session.wait_for_change(soon(), soon())));
  EXPECT_THAT(must(session.quota("INBOX", soon())), IsEmpty());
}

TEST_F(ImapSessionTest, TalksToAPeerWithAnUnusualCurveAtTheSecondTry) {
  DovecotServer dovecot(site().tls, {.extra = "ssl_curve_list = P-521"});
  for (const auto& [encryption, port] : {std::pair(Encryption::implicit, dovecot.imaps()),
                                         std::pair(Encryption::required, dovecot.imap())}) {
    EXPECT_TRUE(open(encryption, port).encrypted());
  }
  EXPECT_GT(net().tls().counters().full_context_retries, 0u);
}

}  // namespace
}  // namespace vedette::test
