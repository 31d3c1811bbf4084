// SPDX-License-Identifier: Apache-2.0
// Servers that break the protocol or the connection: each ends in a reason, soon, in bounded
// memory.
#include <fstream>

#include <gmock/gmock.h>

#include "tests/integration/net/net_fixture.h"
#include "tests/support/free_port.h"
#include "tests/support/scripted_server.h"

namespace vedette::net {
namespace {

using test::Script;
using test::ScriptedServer;

class HostileAnswerTest : public NetTest {
 protected:
  HttpExchange after_request(std::string bytes) {
    ScriptedServer server(Script().read_request().send(std::move(bytes)));
    return get(server.url());
  }
};

std::size_t resident_bytes() {
  std::ifstream file("/proc/self/statm");
  std::size_t total = 0;
  std::size_t resident = 0;
  file >> total >> resident;
  return resident * 4096;
}

TEST_F(HostileAnswerTest, RefusedConnection) {
  test::RefusingPort port;
  const auto answer = get("http://127.0.0.1:" + std::to_string(port.port()) + "/");
  EXPECT_REASON(answer, connect_refused);
  EXPECT_LT(answer.timings.total, 2s);
}

TEST_F(HostileAnswerTest, UnroutableAddress) {
  // TEST-NET-3's neighbours do route somewhere; this one the kernel itself refuses.
  EXPECT_REASON(get("http://255.255.255.255/"), connect_unreachable);
}

TEST_F(HostileAnswerTest, ResetInsteadOfAnAnswer) {
  ScriptedServer server(Script().read_request().reset());
  EXPECT_REASON(get(server.url()), connect_reset);
}

TEST_F(HostileAnswerTest, ResetInTheMiddleOfTheBody) {
  ScriptedServer server(Script()
                            .read_request()
                            .send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
                            .wait(50ms)
                            .reset());
  EXPECT_REASON(get(server.url()), connect_reset);
}

TEST_F(HostileAnswerTest, ClosedWithoutAnAnswer) {
  EXPECT_REASON(after_request(""), protocol_error);
}

TEST_F(HostileAnswerTest, Garbage) {
  EXPECT_REASON(after_request("220 mail.shop.test ESMTP\r\n"), protocol_error);
  EXPECT_REASON(after_request(std::string("\0\1\2\3\377\376", 6)), protocol_error);
  EXPECT_REASON(after_request("HTTP/9.9 200 OK\r\n\r\n"), protocol_error);
  EXPECT_REASON(after_request("HTTP/1.1 two hundred\r\n\r\n"), protocol_error);
}

TEST_F(HostileAnswerTest, BodyShorterThanAnnounced) {
  const auto answer = after_request("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
  EXPECT_REASON(answer, protocol_error);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "half");
}

TEST_F(HostileAnswerTest, BodyLongerThanAnnouncedIsCutOff) {
  const auto answer = after_request("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfourand more");
  EXPECT_PASSED(answer);
  EXPECT_EQ(answer.body, "four");
}

TEST_F(HostileAnswerTest, LengthThatIsNoNumber) {
  EXPECT_REASON(after_request("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n"), protocol_error);
  EXPECT_REASON(after_request("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"), protocol_error);
}

TEST_F(HostileAnswerTest, BrokenChunks) {
  EXPECT_REASON(after_request("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnothex\r\n"),
                protocol_error);
  EXPECT_REASON(after_request("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel"),
                protocol_error);
}

TEST_F(HostileAnswerTest, BrokenCompression) {
  EXPECT_REASON(
      after_request("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 8\r\n\r\n"
                    "not gzip"),
      protocol_error);
}

TEST_F(HostileAnswerTest, EndlessHeadersEndInBoundedMemory) {
  const auto before = resident_bytes();
  ScriptedServer many(Script()
                          .read_request()
                          .send("HTTP/1.1 200 OK\r\n")
                          .repeat("X-Header: and another one of these, please\r\n"));
  const auto answer = get(many.url());
  EXPECT_REASON(answer, protocol_error);
  EXPECT_LT(answer.timings.total, 5s);
  EXPECT_LT(resident_bytes(), before + (64U << 20));
}

TEST_F(HostileAnswerTest, HeaderLineWithoutEndEndsInBoundedMemory) {
  ScriptedServer server(
      Script().read_request().send("HTTP/1.1 200 OK\r\nX-Long: ").repeat(std::string(4096, 'x')));
  EXPECT_REASON(get(server.url()), protocol_error);
}

TEST_F(HostileAnswerTest, EndlessInterimAnswersEnd) {
  ScriptedServer server(
      Script().read_request().repeat("HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n"));
  EXPECT_REASON(get(server.url()), protocol_error);
}

TEST_F(HostileAnswerTest, EndlessTrailersEnd) {
  ScriptedServer server(Script()
                            .read_request()
                            .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n")
                            .repeat("X-Trailer: more\r\n"));
  EXPECT_REASON(get(server.url()), protocol_error);
}

// A gzip stream of zeros by hand (RFC 1951 and 1952): each 13 bits say "258 times the last byte
// again".
std::string bomb(std::size_t bytes) {
  std::string out("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10);
  unsigned pending = 0;
  int count = 0;
  const auto put = [&](const char* bits) {
    for (; *bits != '\0'; ++bits) {
      pending |= static_cast<unsigned>(*bits - '0') << count;
      if (++count == 8) {
        out.push_back(static_cast<char>(pending));
        pending = 0;
        count = 0;
      }
    }
  };
  put("110");       // the last block, fixed codes
  put("00110000");  // one zero byte
  for (std::size_t made = 0; made < bytes; made += 258) {
    put("11000101"
        "00000");
  }
  put("0000000"
      "0000000");
  return out;
}

TEST_F(HostileAnswerTest, CompressedBombIsDefusedEarly) {
  const auto body = bomb(300U << 20);
  const auto before = resident_bytes();
  const auto answer =
      after_request("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " +
                    std::to_string(body.size()) + "\r\n\r\n" + body);
  EXPECT_REASON(answer, body_too_large);
  EXPECT_LT(answer.body_bytes, std::size_t{100} << 20);
  EXPECT_LT(resident_bytes(), before + (64U << 20));
}

TEST_F(HostileAnswerTest, TlsPortThatSpeaksPlainHttp) {
  ScriptedServer server(Script().read_request().send("HTTP/1.1 400 Bad Request\r\n\r\n"));
  const auto answer = get(server.https(), {}, 2s);
  ASSERT_TRUE(answer.failure.has_value());
  EXPECT_THAT(text(answer.failure->reason), testing::AnyOf("tls_handshake", "tls_timeout"));
}

TEST_F(HostileAnswerTest, PlainPortThatIsAskedForHttp2) {
  ScriptedServer server(Script().read_request().send("HTTP/1.1 400 Bad Request\r\n\r\n"));
  HttpOptions options;
  options.version = HttpVersion::http2;
  EXPECT_REASON(get(server.url(), options, 2s), protocol_error);
}

}  // namespace
}  // namespace vedette::net
