// SPDX-License-Identifier: Apache-2.0
// SMTP servers that stall, lie, flood and downgrade: each ends with the right reason, on time.
#include "tests/integration/mail/liars_fixture.h"

namespace vedette::test {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class SmtpLiarsTest : public MailLiarsTest {
 protected:
  Result run_smtp(const Script& script, const std::string& more = {},
                  Duration timeout = short_time) {
    return run_against("smtp", script, more, timeout);
  }
  static Script greeting() { return Script().send("220 mail.shop.test ESMTP\r\n"); }
  static Script after_ehlo(const std::string& extensions) {
    return greeting().read_line().send("250-mail.shop.test\r\n" + extensions);
  }
  static Script offering_tls() { return after_ehlo("250 STARTTLS\r\n").read_line(); }
};

struct Stall {
  const char* name;
  Script script;
  const char* more;
  const char* phase;
};

TEST_F(SmtpLiarsTest, AStallIsNamedByItsPhase) {
  const std::string plain = by("plain");
  const std::vector<Stall> stalls{
      {"at the greeting", Script().stall(), "", "greeting:"},
      {"in the greeting", Script().send("220-mail.shop.test\r\n220 half").stall(), "", "greeting:"},
      {"after EHLO", greeting().read_line().stall(), "", "greeting:"},
      {"in the list of extensions", after_ehlo("250-SIZE\r\n").stall(), "", "greeting:"},
      {"after STARTTLS", offering_tls().stall(), "", "greeting:"},
      {"in the sign-in", after_ehlo("250 AUTH PLAIN\r\n").read_line().stall(), plain.c_str(),
       "auth:"},
      {"in a command", after_ehlo("250 SIZE\r\n").read_line().stall(), "mail_from: a@b.test",
       "command:"},
  };
  for (const Stall& each : stalls) {
    const Result result = run_smtp(each.script, each.more);
    EXPECT_THAT(result, FailsWith(Reason::timeout)) << each.name;
    EXPECT_THAT(result.message, StartsWith(each.phase)) << each.name;
  }
  EXPECT_THAT(run_smtp(offering_tls().send("220 go on\r\n").stall()),
              FailsWith(Reason::tls_timeout));
}

TEST_F(SmtpLiarsTest, GarbageIsAProtocolError) {
  for (const char* bytes : {"HTTP/1.1 400 Bad Request\r\n", "\x16\x03\x01\x02\r\n", "\r\n",
                            "220-one\r\n221 two\r\n", "22 short\r\n", "+OK POP3 ready\r\n"}) {
    const Result result = run_smtp(Script().send(bytes).stall());
    EXPECT_THAT(result, FailsWith(Reason::protocol_error)) << bytes;
    EXPECT_THAT(result.message, StartsWith("greeting:"));
  }
  EXPECT_THAT(run_smtp(Script().send("220 half a line").hang_up()),
              FailsWith(Reason::protocol_error));
  EXPECT_THAT(run_smtp(Script().hang_up()), FailsWith(Reason::protocol_error));
  EXPECT_THAT(run_smtp(greeting().read_line().reset()), FailsWith(Reason::connect_reset));
}

TEST_F(SmtpLiarsTest, FloodsAreCutOff) {
  for (const Script& script :
       {Script().repeat("220 aaaaaaaaaaaaaaaaaaaaaaaaaa"), Script().repeat("220-more\r\n"),
        after_ehlo("").repeat("250-X\r\n")}) {
    EXPECT_THAT(run_smtp(script, {}, 5s), FailsWith(Reason::protocol_error));
  }
}

TEST_F(SmtpLiarsTest, PlainBytesBehindTheGoAheadAreAnInjection) {
  const Result result =
      run_smtp(offering_tls().send("220 go on\r\n250-injected\r\n250 AUTH PLAIN\r\n").stall(),
               "auth: {username: user, password: hunter22}");
  EXPECT_THAT(result, FailsWith(Reason::protocol_error));
  EXPECT_THAT(result.message, HasSubstr("behind its go-ahead for TLS"));
  EXPECT_THAT(heard(), Not(Contains(StartsWith("AUTH"))));
}

TEST_F(SmtpLiarsTest, ADowngradeGetsNoCredentials) {
  for (const char* encryption : {"required", "opportunistic"}) {
    const Result result = run_smtp(
        after_ehlo("250 AUTH PLAIN LOGIN\r\n").read_line().stall(),
        fmt::format("encryption: {}\nauth: {{username: user, password: hunter22}}", encryption));
    EXPECT_EQ(result.outcome, Outcome::fail);
    EXPECT_THAT(result.reason, testing::AnyOf(Reason::tls_handshake, Reason::auth_failed));
    EXPECT_THAT(heard(), Not(Contains(StartsWith("AUTH"))));
  }
}

TEST_F(SmtpLiarsTest, OffersInTheClearAreForgottenUnderTls) {
  const Result result = run_smtp(after_ehlo("250-STARTTLS\r\n250 AUTH PLAIN\r\n")
                                     .read_line()
                                     .send("220 go on\r\n")
                                     .handshake(identity())
                                     .read_line()
                                     .send("250 mail.shop.test\r\n")
                                     .stall(),
                                 "auth: {username: user, password: hunter22}", 5s);
  EXPECT_THAT(result, FailsWith(Reason::auth_failed));
  EXPECT_THAT(result.message, HasSubstr("offers no sign-in"));
}

TEST_F(SmtpLiarsTest, TlsThatBreaksIsTold) {
  EXPECT_THAT(run_smtp(offering_tls().send("220 go on\r\n").hang_up()),
              FailsWith(Reason::connect_reset));
  EXPECT_THAT(run_smtp(offering_tls().send("220 go on\r\n").wait(20ms).send("421 no\r\n").stall()),
              FailsWith(Reason::tls_handshake));
  const Result refused = run_smtp(offering_tls().send("454 4.7.0 TLS not available\r\n").stall());
  EXPECT_THAT(refused, FailsWith(Reason::tls_handshake));
  EXPECT_THAT(refused.message, HasSubstr("for now: 454 4.7.0"));
}

TEST_F(SmtpLiarsTest, RefusalsOfTheSessionAreTold) {
  const Result busy = run_smtp(Script().send("421 4.3.2 too many sessions\r\n"));
  EXPECT_THAT(busy, FailsWith(Reason::expectation_failed));
  EXPECT_THAT(busy.message, HasSubstr("the server refused the session for now: 421"));
  EXPECT_EQ(fact(busy, "refusal"), "temporary");
  const Result never = run_smtp(Script().send("554 5.7.1 go away\r\n"));
  EXPECT_THAT(never.message, HasSubstr("for good: 554 5.7.1"));
}

TEST_F(SmtpLiarsTest, AServerWithoutEhloIsAskedByHelo) {
  const Result result = run_smtp(greeting()
                                     .read_line()
                                     .send("502 5.5.2 what?\r\n")
                                     .read_line()
                                     .send("250 mail.shop.test\r\n")
                                     .read_line()
                                     .send("221 bye\r\n"));
  EXPECT_THAT(result, Passes());
  EXPECT_THAT(heard(), testing::ElementsAre(StartsWith("EHLO "), StartsWith("HELO "), "QUIT"));
}

TEST_F(SmtpLiarsTest, ASignInThatNeverEndsIsBrokenOff) {
  const Result result = run_smtp(
      after_ehlo("250 AUTH LOGIN\r\n").read_line().repeat("334 QQ==\r\n", 1000), by("login"), 2s);
  EXPECT_THAT(result, FailsWith(Reason::auth_failed));
  EXPECT_THAT(run_smtp(after_ehlo("250 AUTH CRAM-MD5\r\n")
                           .read_line()
                           .send("334 no base64!\r\n")
                           .read_line()
                           .send("501 broken off\r\n")
                           .stall(),
                       by("cram-md5")),
              FailsWith(Reason::auth_failed));
  EXPECT_THAT(heard(), Contains("*"));
}

TEST_F(SmtpLiarsTest, WhoCannotProveThePasswordIsNotBelieved) {
  const Result result = run_smtp(
      after_ehlo("250 AUTH SCRAM-SHA-256\r\n").read_line().send("235 2.7.0 welcome\r\n").stall(),
      by("scram-sha-256"));
  EXPECT_THAT(result, FailsWith(Reason::auth_failed));
  EXPECT_THAT(result.message, HasSubstr("prove"));
}

TEST_F(SmtpLiarsTest, AnEchoOfThePasswordIsMasked) {
  const Result result =
      run_smtp(after_ehlo("250 AUTH PLAIN\r\n")
                   .read_line()
                   .send("535 hunter22 is wrong, and so is AHVzZXIAaHVudGVyMjI=\r\n")
                   .stall(),
               by("plain"));
  EXPECT_THAT(result, FailsWith(Reason::auth_failed));
  EXPECT_THAT(result.message, AllOf(HasSubstr("***"), Not(HasSubstr("hunter22")),
                                    Not(HasSubstr("AHVzZXIAaHVudGVyMjI"))));
  EXPECT_THAT(result.transcript.text(),
              AllOf(Not(HasSubstr("hunter22")), Not(HasSubstr("AHVzZXIAaHVudGVyMjI"))));
}

TEST_F(SmtpLiarsTest, HangingUpInsteadOfAGoodbyeHarmsNobody) {
  EXPECT_THAT(run_smtp(after_ehlo("250 SIZE\r\n").read_line().hang_up()), Passes());
  EXPECT_THAT(run_smtp(after_ehlo("250 SIZE\r\n").read_line().stall()), FailsWith(Reason::timeout));
}

}  // namespace
}  // namespace vedette::test
