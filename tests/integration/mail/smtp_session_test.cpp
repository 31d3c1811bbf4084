// SPDX-License-Identifier: Apache-2.0
// Sessions with a real Postfix.
#include "tests/integration/mail/session_fixture.h"
#include "tests/support/wait_for.h"

namespace vedette::test {
namespace {

using mail::Encryption;
using mail::Mechanism;
using mail::SmtpSession;
using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

class SmtpSessionTest : public MailSessionTest {
 protected:
  void open(std::uint16_t port, Encryption encryption, bool allow_plaintext = false) {
    server_ = server(port, encryption);
    server_.allow_plaintext = allow_plaintext;
    mask_.add_with_encodings(DovecotServer::password_of("alice"));
    session_ = std::make_unique<SmtpSession>(net(), server_, mask_);
    must(session_->open(soon()));
  }
  SmtpSession& session() { return *session_; }
  std::string said() const { return session_->transcript().text(); }

 private:
  mail::Server server_;
  Mask mask_;
  std::unique_ptr<SmtpSession> session_;
};

TEST_F(SmtpSessionTest, TellsBannerCapabilitiesAndCertificate) {
  open(site().postfix.smtp(), Encryption::opportunistic);
  EXPECT_THAT(session().banner(), HasSubstr("mail.shop.test ESMTP"));
  EXPECT_THAT(session().capabilities().names(), Contains("PIPELINING"));
  EXPECT_FALSE(session().capabilities().has("STARTTLS"));  // under TLS there is nothing to start
  EXPECT_EQ(session().size_limit(), 10240000u);
  EXPECT_TRUE(session().encrypted());
  ASSERT_TRUE(session().stream().tls());
  EXPECT_THAT(session().stream().tls()->chain->front().names, Contains("localhost"));
  session().enter("command");
  EXPECT_EQ(must(session().quit(soon())).code, 221);
  session().close();
  std::string phases;
  for (const Phase& phase : session().stream().phases().list()) {
    phases += std::string(phase.name) + " ";
  }
  EXPECT_EQ(phases, "resolve connect greeting tls command total ");
}

TEST_F(SmtpSessionTest, SignsInByEveryMechanismOfTheServer) {
  for (const auto mechanism :
       {Mechanism::automatic, Mechanism::plain, Mechanism::login, Mechanism::cram_md5,
        Mechanism::scram_sha_1, Mechanism::scram_sha_256}) {
    open(site().postfix.submission(), Encryption::required);
    auto who = credentials("alice");
    who.mechanism = mechanism;
    must(session().sign_in(who, soon()));
    EXPECT_THAT(said(), AllOf(HasSubstr("> AUTH "), HasSubstr("***"),
                              Not(HasSubstr("secret-of-alice")), HasSubstr("< 235 2.7.0")));
    must(session().quit(soon()));
  }
}

TEST_F(SmtpSessionTest, RefusesToSignInWithoutTls) {
  open(site().postfix.plain(), Encryption::none);
  const auto refused = run(session().sign_in(credentials("alice"), soon()));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, Reason::auth_failed);
  EXPECT_THAT(refused.error().message, HasSubstr("without TLS"));
  EXPECT_THAT(said(), Not(HasSubstr("AUTH PLAIN ***")));

  open(site().postfix.plain(), Encryption::none, true);
  must(session().sign_in(credentials("alice"), soon()));
}

TEST_F(SmtpSessionTest, TellsWhyASignInFailed) {
  open(site().postfix.smtps(), Encryption::implicit);
  auto wrong = credentials("alice");
  wrong.password = "secret-of-nobody";
  const auto refused = run(session().sign_in(wrong, soon()));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, Reason::auth_failed);
  EXPECT_THAT(refused.error().message,
              HasSubstr("auth: the server refused the sign-in for good: 535"));
  EXPECT_EQ(session().last_reply()->code, 535);

  auto other = credentials("alice");
  other.mechanism = Mechanism::xoauth2;
  EXPECT_THAT(run(session().sign_in(other, soon())).error().message, HasSubstr("XOAUTH2"));
}

TEST_F(SmtpSessionTest, SendsAMessageAsItIs) {
  const std::string text = "Subject: dots\n\n.\n..two\nlast line without an end";
  open(site().postfix.smtp(), Encryption::opportunistic);
  session().enter("command");
  EXPECT_TRUE(must(session().mail_from("", soon())).positive());
  EXPECT_TRUE(must(session().rcpt_to("bob@shop.test", soon())).positive());
  EXPECT_THAT(must(session().data(text, soon())).words(), HasSubstr("queued as"));
  EXPECT_THAT(said(), Not(HasSubstr("two")));
  must(session().quit(soon()));

  ASSERT_TRUE(wait_for([] { return site().dovecot.messages("bob") == 1; }));
  mail::Server imap = server(site().dovecot.imaps(), Encryption::implicit);
  const Mask mask;
  mail::ImapSession reader(net(), imap, mask);
  must(reader.open(soon()));
  must(reader.sign_in(credentials("bob"), soon()));
  must(reader.select("INBOX", soon()));
  const auto uids = must(reader.search("ALL", soon()));
  const auto messages = must(reader.fetch(uids, "(BODY.PEEK[TEXT])", soon()));
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_EQ(*messages[0].part("TEXT"), ".\r\n..two\r\nlast line without an end\r\n");
  EXPECT_TRUE(must(reader.remove(uids, soon())));
  EXPECT_EQ(site().dovecot.messages("bob"), 0u);
}

TEST_F(SmtpSessionTest, TellsRefusalsForNowFromThoseForGood) {
  open(site().postfix.smtp(), Encryption::none);
  session().enter("command");
  must(session().mail_from("probe@else.test", soon()));
  const auto later = must(session().rcpt_to("greylisted@shop.test", soon()));
  EXPECT_TRUE(later.temporary());
  EXPECT_THAT(mail::refusal("the recipient", later),
              HasSubstr("the server refused the recipient for now: 451 4.7.1"));
  EXPECT_THAT(mail::refusal("the recipient", must(session().rcpt_to("refused@shop.test", soon()))),
              HasSubstr("for good: 550 5.1.1"));
  EXPECT_TRUE(must(session().reset(soon())).positive());
}

}  // namespace
}  // namespace vedette::test
