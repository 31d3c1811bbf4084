// SPDX-License-Identifier: Apache-2.0
// Servers that stall, reset, lie and flood: each ends with the right reason, on time, in bounded
// memory.
#include <fmt/format.h>

#include "tests/integration/http/http_fixture.h"
#include "tests/support/free_port.h"
#include "tests/support/temp_dir.h"
#include "tests/support/wait_for.h"

namespace vedette::test {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Optional;

constexpr Duration short_time = 300ms;
const std::string head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";

class HttpMisbehaviourTest : public HttpProbeTest {
 protected:
  Result run_against(const Script& script, const std::string& more = {},
                     Duration timeout = short_time) {
    const ScriptedServer server(script);
    return run(server.url(), more, timeout);
  }
};

// With a private root alone: reading the system's roots takes a while under sanitizers.
class HttpTlsMisbehaviourTest : public HttpMisbehaviourTest {
 protected:
  HttpTlsMisbehaviourTest() { toolbox_settings().ca_file = tls_.root(); }
  Result run_tls_against(const Script& script) {
    const ScriptedServer server(script);
    return run(server.https(), {}, short_time);
  }
  Script shaken() const { return Script().handshake(tls_.identity("good")); }

 private:
  TempDir directory_;
  TlsFiles tls_{directory_ / "tls"};
};

TEST_F(HttpMisbehaviourTest, NobodyListens) {
  const RefusingPort port;
  const Result result = run(fmt::format("http://127.0.0.1:{}/", port.port()));
  EXPECT_THAT(result, FailsWith(Reason::connect_refused));
  EXPECT_EQ(phase(result, "tls"), std::nullopt);
}

TEST_F(HttpMisbehaviourTest, NobodyAnswersTheConnect) {
  const SilentPort port;
  EXPECT_THAT(run(fmt::format("http://127.0.0.1:{}/", port.port()), {}, short_time),
              FailsWith(Reason::connect_timeout));
}

TEST_F(HttpMisbehaviourTest, NoRouteLeadsThere) {
  EXPECT_THAT(run("http://255.255.255.255:9/", {}, short_time),
              FailsWith(Reason::connect_unreachable));
}

TEST_F(HttpTlsMisbehaviourTest, StallsBeforeTheTlsHandshake) {
  EXPECT_THAT(run_tls_against(Script().stall()), FailsWith(Reason::tls_timeout));
}

TEST_F(HttpTlsMisbehaviourTest, SpeaksNoTlsWhereTlsIsAsked) {
  EXPECT_THAT(run_tls_against(Script().send("220 mail.shop.test ESMTP\r\n").stall()),
              FailsWith(Reason::tls_handshake));
}

TEST_F(HttpTlsMisbehaviourTest, ClosesDuringTheTlsHandshake) {
  EXPECT_THAT(run_tls_against(Script().hang_up()), FailsWith(Reason::connect_reset));
}

TEST_F(HttpTlsMisbehaviourTest, ResetsDuringTheTlsHandshake) {
  EXPECT_THAT(run_tls_against(Script().wait(10ms).reset()), FailsWith(Reason::connect_reset));
}

TEST_F(HttpTlsMisbehaviourTest, StallsAfterTheTlsHandshake) {
  const Result result = run_tls_against(shaken().stall());
  EXPECT_THAT(result, FailsWith(Reason::timeout));
  EXPECT_THAT(result.message, HasSubstr("processing"));
  EXPECT_THAT(phase(result, "tls"), Optional(testing::Gt(0us)));
}

TEST_F(HttpMisbehaviourTest, StallsAfterAccept) {
  const Result result = run_against(Script().stall());
  EXPECT_THAT(result, FailsWith(Reason::timeout));
  EXPECT_THAT(result.message, HasSubstr("processing"));
}

TEST_F(HttpMisbehaviourTest, StallsBeforeTheStatusLine) {
  const Result result = run_against(Script().read_request().stall());
  EXPECT_THAT(result, FailsWith(Reason::timeout));
  EXPECT_THAT(result.message, HasSubstr("processing"));
}

TEST_F(HttpMisbehaviourTest, StallsInTheMiddleOfTheHeaders) {
  EXPECT_THAT(run_against(Script().read_request().send(head + "X-Half: wo").stall()),
              FailsWith(Reason::timeout));
}

TEST_F(HttpMisbehaviourTest, StallsInTheMiddleOfTheBody) {
  const Result result =
      run_against(Script().read_request().send(head + "Content-Length: 100\r\n\r\nsome").stall());
  EXPECT_THAT(result, FailsWith(Reason::timeout));
  EXPECT_THAT(result.message, HasSubstr("transfer"));
}

TEST_F(HttpMisbehaviourTest, DripsItsAnswer) {
  EXPECT_THAT(run_against(Script().read_request().drip(
                  head + "Content-Length: 9000\r\n\r\n" + std::string(9000, 'x'), 5ms)),
              FailsWith(Reason::timeout));
}

TEST_F(HttpMisbehaviourTest, DripsItsAnswerButInTime) {
  EXPECT_THAT(run_against(Script().read_request().drip("HTTP/1.1 204 Fine\r\n\r\n", 1ms), {}, 5s),
              Passes());
}

TEST_F(HttpMisbehaviourTest, ResetsInsteadOfAnswering) {
  EXPECT_THAT(run_against(Script().read_request().reset()), FailsWith(Reason::connect_reset));
}

TEST_F(HttpMisbehaviourTest, ResetsInTheMiddleOfTheBody) {
  EXPECT_THAT(run_against(Script()
                              .read_request()
                              .send(head + "Content-Length: 100\r\n\r\nsome")
                              .wait(20ms)
                              .reset()),
              FailsWith(Reason::connect_reset));
}

TEST_F(HttpMisbehaviourTest, ClosesWithoutAnAnswer) {
  EXPECT_THAT(run_against(Script().read_request()), FailsWith(Reason::protocol_error));
}

TEST_F(HttpMisbehaviourTest, ClosesInTheMiddleOfTheHeaders) {
  EXPECT_THAT(run_against(Script().read_request().send(head + "X-Half: wo")),
              FailsWith(Reason::protocol_error));
}

TEST_F(HttpMisbehaviourTest, ClosesBeforeTheBodyIsComplete) {
  EXPECT_THAT(run_against(Script().read_request().send(head + "Content-Length: 100\r\n\r\nsome")),
              FailsWith(Reason::protocol_error));
}

TEST_F(HttpTlsMisbehaviourTest, CutsOffAnAnswerOverTlsWithoutAGoodbye) {
  EXPECT_THAT(run_tls_against(
                  shaken().read_request().send(head + "Content-Length: 100\r\n\r\nsome").hang_up()),
              FailsWith(Reason::protocol_error));
}

TEST_F(HttpMisbehaviourTest, SaysLessThanItSends) {
  const Result result =
      run_against(Script().read_request().send(head + "Content-Length: 4\r\n\r\nsome and more"),
                  "expect: {body: {equals: some}}");
  EXPECT_THAT(result, Passes());
}

TEST_F(HttpMisbehaviourTest, GivesALengthThatIsNoNumber) {
  EXPECT_THAT(run_against(Script().read_request().send(head + "Content-Length: many\r\n\r\nsome")),
              FailsWith(Reason::protocol_error));
}

TEST_F(HttpMisbehaviourTest, SendsChunksThatAreNone) {
  EXPECT_THAT(run_against(Script().read_request().send(
                  head + "Transfer-Encoding: chunked\r\n\r\nzz\r\nnothing\r\n")),
              FailsWith(Reason::protocol_error));
}

TEST_F(HttpMisbehaviourTest, SendsGarbageInsteadOfAStatusLine) {
  std::string garbage;
  for (int i = 0; i < 2000; ++i) {
    garbage += static_cast<char>(i * 37 % 251);
  }
  EXPECT_THAT(run_against(Script().read_request().send(garbage)),
              FailsWith(Reason::protocol_error));
}

TEST_F(HttpMisbehaviourTest, SendsBrokenCompression) {
  EXPECT_THAT(run_against(Script().read_request().send(
                  head + "Content-Encoding: gzip\r\nContent-Length: 10\r\n\r\nno gzip :(")),
              FailsWith(Reason::protocol_error));
}

TEST_F(HttpMisbehaviourTest, SendsHeadersWithoutEnd) {
  EXPECT_THAT(
      run_against(Script().read_request().send(head).repeat("X-More: and more\r\n"), {}, 5s),
      FailsWith(Reason::protocol_error));
}

TEST_F(HttpMisbehaviourTest, SendsOneHeaderLineWithoutEnd) {
  EXPECT_THAT(
      run_against(Script().read_request().send(head + "X-Long: ").repeat(std::string(4096, 'x')),
                  {}, 5s),
      FailsWith(Reason::protocol_error));
}

TEST_F(HttpMisbehaviourTest, SendsABodyWithoutEnd) {
  const Result result =
      run_against(Script().read_request().send(head + "\r\n").repeat(std::string(4096, 'x')));
  EXPECT_THAT(result, FailsWith(Reason::timeout));
  EXPECT_THAT(result.message, HasSubstr("transfer"));
}

TEST_F(HttpMisbehaviourTest, AnswersInterimResponsesFirst) {
  EXPECT_THAT(run_against(Script().read_request().send("HTTP/1.1 103 Early Hints\r\n\r\n" + head +
                                                       "Content-Length: 2\r\n\r\nok"),
                          "expect: {status: 200, body: {equals: ok}}"),
              Passes());
}

TEST_F(HttpMisbehaviourTest, LeavesNoConnectionOpenAfterATimeout) {
  const ScriptedServer server(Script().stall());
  EXPECT_THAT(run(server.url(), {}, 300ms), FailsWith(Reason::timeout));
  EXPECT_EQ(server.connections(), 1);
  EXPECT_TRUE(wait_for([&] { return server.open_connections() == 0; }));
}

}  // namespace
}  // namespace vedette::test
