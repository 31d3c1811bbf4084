// SPDX-License-Identifier: Apache-2.0
// IMAP and POP3 servers that stall, lie, flood and downgrade.
#include "tests/integration/mail/liars_fixture.h"

namespace vedette::test {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class ImapLiarsTest : public MailLiarsTest {
 protected:
  Result run_imap(const Script& script, const std::string& more = "encryption: none",
                  Duration timeout = short_time) {
    return run_against("imap", script, more, timeout);
  }
  static Script greeting(const std::string& capabilities) {
    return Script().send("* OK [CAPABILITY IMAP4rev1 " + capabilities + "] ready\r\n");
  }
  // Up to the STATUS of the mailbox.
  static Script inside() {
    return greeting("SASL-IR AUTH=PLAIN")
        .read_line()
        .send("a1 OK [CAPABILITY IMAP4rev1 UIDPLUS] welcome\r\n")
        .read_line();
  }
};
using Pop3LiarsTest = MailLiarsTest;

TEST_F(ImapLiarsTest, AStallIsNamedByItsPhase) {
  const std::pair<Script, const char*> stalls[] = {
      {Script().stall(), "greeting:"},
      {Script().send("* OK half").stall(), "greeting:"},
      {Script().send("* OK ready\r\n").read_line().stall(), "greeting:"},
      {greeting("AUTH=PLAIN").read_line().send("+ \r\n").read_line().stall(), "auth:"},
      {inside().stall(), "command:"},
      {inside().send("* STATUS {5}\r\nIN").stall(), "command:"},
      {inside().drip("* 1 EXISTS\r\n* 2 EXISTS\r\n* 3 EXISTS\r\n", 20ms), "command:"},
  };
  for (const auto& [script, phase] : stalls) {
    const Result result = run_imap(script, by("plain"));
    EXPECT_THAT(result, FailsWith(Reason::timeout)) << phase;
    EXPECT_THAT(result.message, StartsWith(phase));
  }
}

TEST_F(ImapLiarsTest, GarbageIsAProtocolError) {
  for (const char* bytes : {"220 mail.shop.test ESMTP\r\n", "+OK POP3 ready\r\n", "\r\n", "* \r\n",
                            "a1 OK too early\r\n", "* 5 EXISTS\r\n", "\xff\xfe\r\n"}) {
    const Result result = run_imap(Script().send(bytes).stall());
    EXPECT_THAT(result, FailsWith(Reason::protocol_error)) << bytes;
    EXPECT_THAT(result.message, StartsWith("greeting:"));
  }
  EXPECT_THAT(run_imap(inside().send("a9 OK another's\r\n").stall(), by("plain")),
              FailsWith(Reason::protocol_error));
  EXPECT_THAT(run_imap(inside().send("* STATUS INBOX (MESSAGES\r\na2 OK\r\n").stall(), by("plain")),
              FailsWith(Reason::protocol_error));
  EXPECT_THAT(run_imap(inside().hang_up(), by("plain")), FailsWith(Reason::protocol_error));
}

TEST_F(ImapLiarsTest, LiteralsThatLieAreRefused) {
  for (const char* literal :
       {"{4000000000}\r\n", "{99999999999999999999999}\r\n", "{2000000+}\r\n"}) {
    const Result result =
        run_imap(inside().send(std::string("* STATUS ") + literal).repeat("x"), by("plain"), 2s);
    EXPECT_THAT(result, FailsWith(Reason::protocol_error)) << literal;
    EXPECT_THAT(result.message, HasSubstr("larger than"));
  }
}

TEST_F(ImapLiarsTest, FloodsAreCutOff) {
  for (const Script& script :
       {inside().repeat("* 1 EXISTS\r\n"), inside().repeat("* STATUS aaaaaaaaaaaaaaaaaaaaaaaaaaa"),
        inside().repeat("* X {3}\r\nabc {3}\r\nabc\r\n"),
        inside().send("* ").repeat("X {1}\r\na")}) {
    EXPECT_THAT(run_imap(script, by("plain"), 20s), FailsWith(Reason::protocol_error));
  }
}

TEST_F(ImapLiarsTest, ADowngradeGetsNoCredentials) {
  const std::string account = "auth: {username: user, password: hunter22}";
  EXPECT_THAT(run_imap(greeting("AUTH=PLAIN").read_line().stall(), account),
              FailsWith(Reason::tls_handshake));
  EXPECT_THAT(heard(), Not(Contains(HasSubstr("AUTHENTICATE"))));
  // Signed in before TLS: then it cannot be asked for any more.
  EXPECT_THAT(
      run_imap(Script().send("* PREAUTH [CAPABILITY IMAP4rev1] welcome\r\n").stall(), account),
      FailsWith(Reason::tls_handshake));
}

TEST_F(ImapLiarsTest, PlainBytesBehindTheGoAheadAreAnInjection) {
  const Result result = run_imap(
      greeting("STARTTLS").read_line().send("a1 OK go on\r\n* CAPABILITY AUTH=PLAIN\r\n").stall(),
      "auth: {username: user, password: hunter22}");
  EXPECT_THAT(result, FailsWith(Reason::protocol_error));
  EXPECT_THAT(result.message, HasSubstr("behind its go-ahead for TLS"));
}

TEST_F(ImapLiarsTest, CapabilitiesOfTheGoAheadAreForgottenUnderTls) {
  const Result result = run_imap(greeting("STARTTLS")
                                     .read_line()
                                     .send("a1 OK [CAPABILITY AUTH=PLAIN SASL-IR] go on\r\n")
                                     .handshake(identity())
                                     .read_line()
                                     .send("* CAPABILITY IMAP4rev1 LOGINDISABLED\r\na2 OK\r\n")
                                     .stall(),
                                 "auth: {username: user, password: hunter22}", 5s);
  EXPECT_THAT(result, FailsWith(Reason::auth_failed));
}

TEST_F(ImapLiarsTest, ASessionThatIsRefusedOrEndedIsTold) {
  const Result busy = run_imap(Script().send("* BYE too many sessions\r\n"));
  EXPECT_THAT(busy, FailsWith(Reason::expectation_failed));
  EXPECT_THAT(busy.message, HasSubstr("refused the session: BYE too many"));
  const Result ended = run_imap(inside().send("* BYE shutting down\r\n").stall(), by("plain"));
  EXPECT_THAT(ended, FailsWith(Reason::connect_reset));
  EXPECT_THAT(ended.message, HasSubstr("command: the server ended the session: BYE shutting down"));
}

TEST_F(ImapLiarsTest, LogsInWhereNoMechanismIsOffered) {
  const Result result = run_imap(Script()
                                     .send("* OK ready\r\n")
                                     .read_line()
                                     .send("* CAPABILITY IMAP4rev1\r\na1 OK\r\n")
                                     .read_line()
                                     .send("a2 NO [UNAVAILABLE] not now\r\n")
                                     .stall(),
                                 by("auto"));
  EXPECT_THAT(result, FailsWith(Reason::auth_failed));
  EXPECT_THAT(heard(), Contains("a2 LOGIN \"user\" \"hunter22\""));
  EXPECT_THAT(result.transcript.text(), HasSubstr("> a2 LOGIN *** ***"));
}

TEST_F(ImapLiarsTest, WhoCannotProveThePasswordIsNotBelieved) {
  const Result result = run_imap(greeting("AUTH=SCRAM-SHA-256")
                                     .read_line()
                                     .send("+ \r\n")
                                     .read_line()
                                     .send("a1 OK welcome\r\n")
                                     .stall(),
                                 by("scram-sha-256"));
  EXPECT_THAT(result, FailsWith(Reason::auth_failed));
}

TEST_F(Pop3LiarsTest, MisbehaviourHasItsReason) {
  const std::string plain = "encryption: none";
  EXPECT_THAT(run_against("pop3", Script().send("220 mail.shop.test\r\n").stall(), plain),
              FailsWith(Reason::protocol_error));
  EXPECT_THAT(run_against("pop3", Script().send("-ERR [SYS/TEMP] busy\r\n"), plain),
              FailsWith(Reason::expectation_failed));
  const auto offering = [](const char* capabilities) {
    return Script().send("+OK ready\r\n").read_line().send(std::string("+OK\r\n") + capabilities);
  };
  EXPECT_THAT(run_against("pop3", offering("UIDL\r\n").stall(), plain), FailsWith(Reason::timeout));
  EXPECT_THAT(run_against("pop3", offering("").repeat("X\r\n"), plain, 5s),
              FailsWith(Reason::protocol_error));
  EXPECT_THAT(run_against("pop3", offering("USER\r\n.\r\n").read_line().stall(),
                          "auth: {username: user, password: hunter22}"),
              FailsWith(Reason::tls_handshake));
  EXPECT_THAT(
      run_against("pop3",
                  offering("STLS\r\n.\r\n").read_line().send("+OK go\r\n+OK more\r\n").stall(),
                  "encryption: required"),
      FailsWith(Reason::protocol_error));
  EXPECT_THAT(run_against("pop3",
                          offering("USER\r\n.\r\n")
                              .read_line()
                              .send("+OK\r\n")
                              .read_line()
                              .send("-ERR [AUTH] no\r\n")
                              .stall(),
                          by("auto")),
              FailsWith(Reason::auth_failed));
  EXPECT_THAT(heard(), testing::ElementsAre("CAPA", "USER user", "PASS hunter22"));
}

}  // namespace
}  // namespace vedette::test
