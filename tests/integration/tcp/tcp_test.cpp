// SPDX-License-Identifier: Apache-2.0
// The tcp and tls probes against real servers, and against servers that misbehave in each phase.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/dovecot.h"
#include "tests/support/free_port.h"
#include "tests/support/postfix.h"
#include "tests/support/probe/probe_fixture.h"
#include "tests/support/scripted_server.h"
#include "tests/support/starttls_servers.h"

namespace vedette::test {
namespace {

class TcpProbeTest : public ProbeTest {
 protected:
  Result tcp(std::uint16_t port, const std::string& more = {}, Duration timeout = 10s) {
    const ProbeCheck check("tcp", fmt::format("server: 127.0.0.1:{}\n{}", port, more));
    return run(check, timeout);
  }

  // With the private root, for the name that the good certificate bears.
  Result tls(std::uint16_t port, const std::string& more = {}) {
    const ProbeCheck check(
        "tls", fmt::format("server: 127.0.0.1:{}\ntls: {{server_name: shop.test, ca_file: {}}}\n{}",
                           port, files_.root().string(), more));
    return run(check);
  }

  TempDir directory_;
  TlsFiles files_{directory_.path()};
};

std::vector<std::string> phases(const Result& result) {
  std::vector<std::string> out;
  for (const Phase& phase : result.phases) out.emplace_back(phase.name);
  return out;
}

using Names = std::vector<std::string>;

TEST_F(TcpProbeTest, AnOpenPortPassesAndAClosedOneIsRefused) {
  Listener listener;
  const auto open =
      tcp(listener.port(), "expect: {remote_address: 127.0.0.1, connect: {less_than: 5s}}");
  EXPECT_THAT(open, Passes());
  EXPECT_EQ(phases(open), (Names{"resolve", "connect", "total"}));
  RefusingPort closed;
  EXPECT_THAT(tcp(closed.port()), FailsWith(Reason::connect_refused));
  SilentPort silent;
  EXPECT_THAT(tcp(silent.port(), {}, 200ms), FailsWith(Reason::connect_timeout));
}

TEST_F(TcpProbeTest, ABriefRunLeavesEvidenceAndFactsOutWhenItPassesAndOnlyThen) {
  Listener listener;
  be_brief();
  const auto passed = tcp(listener.port(), "expect: {remote_address: 127.0.0.1}");
  EXPECT_THAT(passed, Passes());
  EXPECT_TRUE(passed.evidence.empty() && passed.facts.empty());
  const auto failed =
      tcp(listener.port(), "expect: {remote_address: 192.0.2.1, connect: {less_than: 5s}}");
  EXPECT_THAT(failed, FailsWith(Reason::expectation_failed));
  EXPECT_EQ(failed.evidence.size(), 2u);
  EXPECT_EQ(fact(failed, "remote_address"), "127.0.0.1");
}

TEST_F(TcpProbeTest, BothFamiliesMustPass) {
  if (!has_ipv6_loopback()) GTEST_SKIP() << "no ::1 here";
  Listener v4;
  const auto result =
      run(ProbeCheck("tcp", fmt::format("server: localhost:{}\nip: each", v4.port())));
  EXPECT_THAT(result, FailsWith(Reason::connect_refused));
  EXPECT_TRUE(result.message.starts_with("over IPv6: ")) << result.message;
}

TEST_F(TcpProbeTest, ADialogueCapturesAndSaysAgain) {
  ScriptedServer server(Script().send("hello 42\r\n").wait(5ms).send("bye\r\n").stall());
  const auto result = tcp(server.port(), R"(
dialogue:
  - expect: {matches: "hello (?P<number>\\d+)\r\n"}
  - send: "got ${number}\r\n"
  - expect: "bye"
expect: {answer: {contains: hello}, dialogue: {less_than: 5s}}
)");
  EXPECT_THAT(result, Passes());
  EXPECT_EQ(phases(result), (Names{"resolve", "connect", "dialogue", "total"}));
  EXPECT_NE(fact(result, "captured_number"), "");
}

TEST_F(TcpProbeTest, BytesGoOutAndComeInAsTheyAre) {
  ScriptedServer server(Script().send(std::string("\0\xff\x01", 3)).stall());
  EXPECT_EQ(
      summary(tcp(server.port(), "dialogue: [{send_bytes: '00 0a'}, {expect_bytes: 'ff 01'}]")),
      "pass");
}

TEST_F(TcpProbeTest, AnotherAnswerThanExpectedIsQuoted) {
  ScriptedServer server(Script().send("ERR busy\r\n"));
  const auto result = tcp(server.port(), "dialogue: [{expect: PONG}]");
  EXPECT_EQ(summary(result),
            "fail expectation_failed: dialogue: waited for \"PONG\", but the server closed the "
            "connection; what came was \"ERR busy\\r\\n\"");
  EXPECT_EQ(result.transcript.text(), "< ERR busy\\r\\n\n");
}

TEST_F(TcpProbeTest, ASilentServerEndsInTimeoutAndSaysWhatWasWaitedFor) {
  ScriptedServer server(Script().stall());
  const auto result = tcp(server.port(), "dialogue: [{expect: PONG}]", 150ms);
  EXPECT_EQ(summary(result),
            "fail timeout: dialogue: the server did not answer in time: waited for \"PONG\"; "
            "nothing came");
}

TEST_F(TcpProbeTest, AnEndlessAnswerEndsInBoundedMemory) {
  ScriptedServer server(Script().repeat("noise "));
  const auto result = tcp(server.port(), "dialogue: [{expect: PONG}]");
  EXPECT_THAT(result, FailsWith(Reason::expectation_failed));
  EXPECT_NE(result.message.find("talks without end"), std::string::npos) << result.message;
}

TEST_F(TcpProbeTest, SecretsThatTheServerEchoesAreMasked) {
  ::setenv("VEDETTE_TEST_KEY", "open-sesame", 1);
  ScriptedServer server(Script().send("you said open-sesame\r\n"));
  const auto result =
      tcp(server.port(), "dialogue: [{send: {env: VEDETTE_TEST_KEY}}, {expect: welcome}]");
  EXPECT_EQ(result.message.find("open-sesame"), std::string::npos) << result.message;
  EXPECT_EQ(result.transcript.text().find("open-sesame"), std::string::npos);
  EXPECT_NE(result.message.find("you said ***"), std::string::npos) << result.message;
}

TEST_F(TcpProbeTest, TlsInTheMiddleOfADialogue) {
  ScriptedServer server(
      Script().send("ready\r\n").handshake(files_.identity("good")).send("inside\r\n").stall());
  const auto result = tcp(server.port(), fmt::format(R"(
tls: {{server_name: shop.test, ca_file: {}}}
dialogue: [{{expect: ready}}, {{expect: "\n"}}, {{start_tls: true}}, {{expect: inside}}]
)",
                                                     files_.root().string()));
  EXPECT_THAT(result, Passes());
  EXPECT_EQ(phases(result), (Names{"resolve", "connect", "dialogue", "tls", "total"}));
  EXPECT_NE(fact(result, "certificate_subject"), "");
}

// They share a loop, and what OpenSSL made for one serves the next.
TEST_F(TcpProbeTest, OneTlsCheckLeavesNoTrustToTheNext) {
  ScriptedServer server(Script().handshake(files_.identity("good")).stall());
  const auto check = [&](std::string_view how) {
    return run(ProbeCheck(
        "tls", fmt::format("server: 127.0.0.1:{}\ntls: {{server_name: {}}}", server.port(), how)));
  };
  for (int round = 0; round < 2; ++round) {
    EXPECT_THAT(check("shop.test"), FailsWith(Reason::tls_unknown_issuer));
    EXPECT_THAT(tls(server.port()), Passes());
    EXPECT_THAT(check("shop.test"), FailsWith(Reason::tls_unknown_issuer));
    EXPECT_THAT(check("shop.test, verify: false"), Passes());
  }
}

TEST_F(TcpProbeTest, TlsFactsCanBeExpectedAndAreKeptWhenRefused) {
  ScriptedServer good(Script().handshake(files_.identity("good")).stall());
  const auto passed = tls(good.port(), R"(
expect:
  tls_version: TLS 1.3
  certificate_names: {contains: [shop.test, localhost]}
  certificate_expires_in: {greater_than: 1d}
expect_degraded: {certificate_expires_in: {greater_than: 400d}}
)");
  EXPECT_EQ(summary(passed).substr(0, 36), "degraded expectation_failed: the cer")
      << summary(passed);
  ScriptedServer expired(Script().handshake(files_.identity("expired")).stall());
  const auto refused = tls(expired.port());
  EXPECT_THAT(refused, FailsWith(Reason::tls_expired));
  EXPECT_NE(fact(refused, "certificate_not_after"), "");
  EXPECT_FALSE(refused.infos[2].empty());
}

struct Peer {
  const char* starttls;
  StartTlsServer::Kind kind;
};

class StartTlsPeerTest : public TcpProbeTest, public testing::WithParamInterface<Peer> {};

TEST_P(StartTlsPeerTest, RealServerGoesOverToTls) {
  if (!StartTlsServer::installed(GetParam().kind)) GTEST_SKIP() << "the server is missing";
  const StartTlsServer server(GetParam().kind, files_);
  const auto result = tls(server.port(), fmt::format("starttls: {}", GetParam().starttls));
  EXPECT_THAT(result, Passes()) << result.transcript.text();
  EXPECT_EQ(phases(result), (Names{"resolve", "connect", "starttls", "tls", "total"}));
}

INSTANTIATE_TEST_SUITE_P(Peers, StartTlsPeerTest,
                         testing::Values(Peer{"ldap", StartTlsServer::Kind::ldap},
                                         Peer{"xmpp", StartTlsServer::Kind::xmpp},
                                         Peer{"ftp", StartTlsServer::Kind::ftp},
                                         Peer{"postgres", StartTlsServer::Kind::postgres}),
                         [](const auto& peer) { return std::string(peer.param.starttls); });

TEST_F(TcpProbeTest, DovecotAndPostfixGoOverToTls) {
  if (!DovecotServer::installed() || !PostfixServer::installed()) {
    GTEST_SKIP() << "Dovecot or Postfix is missing";
  }
  const DovecotServer dovecot(files_);
  EXPECT_THAT(tls(dovecot.imap(), "starttls: imap"), Passes());
  EXPECT_THAT(tls(dovecot.pop3(), "starttls: pop3"), Passes());
  const PostfixServer postfix(files_, dovecot);
  EXPECT_THAT(tls(postfix.submission(), "starttls: smtp"), Passes());
  EXPECT_EQ(summary(tls(postfix.plain(), "starttls: smtp")).substr(0, 30),
            "fail protocol_error: starttls:");
}

}  // namespace
}  // namespace vedette::test
