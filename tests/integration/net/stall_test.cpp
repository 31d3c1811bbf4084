// SPDX-License-Identifier: Apache-2.0
// A server that stops answering, in each phase: the run ends on time and says where it stood.
#include "tests/integration/net/net_fixture.h"
#include "tests/support/dns_server.h"
#include "tests/support/free_port.h"
#include "tests/support/nginx.h"
#include "tests/support/scripted_server.h"
#include "tests/support/test_site.h"

namespace vedette::net {
namespace {

constexpr auto timeout = 300ms;
constexpr auto grace = 100ms;

class StallTest : public NetTest {
 protected:
  // A busy machine may wake us late once; it does not three times in a row.
  HttpExchange late(const std::string& url, const HttpOptions& options = {}) {
    HttpExchange answer;
    for (int attempt = 0; attempt < 3; ++attempt) {
      const auto begin = Steady::now();
      answer = get(url, options, timeout);
      const auto took = Steady::now() - begin;
      EXPECT_GE(took, timeout);
      if (took <= timeout + grace) {
        return answer;
      }
    }
    ADD_FAILURE() << "ended late three times";
    return answer;
  }
};

TEST_F(StallTest, Connect) {
  test::SilentPort silent;
  const auto answer = late("http://127.0.0.1:" + std::to_string(silent.port()) + "/");
  EXPECT_REASON(answer, connect_timeout);
  EXPECT_GE(answer.timings.connect, timeout - 10ms);
}

TEST_F(StallTest, TlsHandshake) {
  test::ScriptedServer server(test::Script().stall());
  const auto answer = late(server.https());
  EXPECT_REASON(answer, tls_timeout);
  EXPECT_GE(answer.timings.tls, timeout - 50ms);
}

TEST_F(StallTest, Answer) {
  test::ScriptedServer server(test::Script().read_request().stall());
  const auto answer = late(server.url());
  EXPECT_REASON(answer, timeout);
  EXPECT_NE(answer.failure->message.find("processing"), std::string::npos);
  EXPECT_GE(answer.timings.processing, timeout - 50ms);
  EXPECT_EQ(answer.remote_address, "127.0.0.1");
}

TEST_F(StallTest, AnswerOverTls) {
  if (!test::Nginx::installed()) {
    GTEST_SKIP();
  }
  test::ScriptedServer server(
      test::Script().handshake(test::test_site().tls().identity("good")).read_request().stall());
  HttpOptions options;
  options.tls.ca_file = test::test_site().tls().root();
  const auto answer = late(server.https(), options);
  EXPECT_REASON(answer, timeout);
  EXPECT_NE(answer.failure->message.find("processing"), std::string::npos);
  EXPECT_TRUE(answer.tls.has_value());
}

TEST_F(StallTest, HeadersThatStop) {
  test::ScriptedServer server(
      test::Script().read_request().send("HTTP/1.1 200 OK\r\nContent-Le").stall());
  EXPECT_REASON(late(server.url()), timeout);
}

TEST_F(StallTest, Body) {
  test::ScriptedServer server(test::Script()
                                  .read_request()
                                  .send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
                                  .stall());
  const auto answer = late(server.url());
  EXPECT_REASON(answer, timeout);
  EXPECT_NE(answer.failure->message.find("transfer"), std::string::npos);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "half");
}

TEST_F(StallTest, SlowDripOfHeadersAndOfTheBody) {
  test::ScriptedServer headers(
      test::Script().read_request().drip("HTTP/1.1 200 OK\r\n" + std::string(1000, 'x'), 20ms));
  EXPECT_REASON(late(headers.url()), timeout);
  test::ScriptedServer body(test::Script()
                                .read_request()
                                .send("HTTP/1.1 200 OK\r\n\r\n")
                                .drip(std::string(1000, 'x'), 20ms));
  const auto answer = late(body.url());
  EXPECT_REASON(answer, timeout);
  EXPECT_GT(answer.body_bytes, 2U);
}

TEST_F(StallTest, EndlessBodyIsCountedInBoundedMemory) {
  test::ScriptedServer server(test::Script()
                                  .read_request()
                                  .send("HTTP/1.1 200 OK\r\n\r\n")
                                  .repeat(std::string(65536, 'x')));
  HttpOptions options;
  options.body_cap = 1000;
  const auto answer = late(server.url(), options);
  EXPECT_REASON(answer, timeout);
  EXPECT_EQ(answer.body.size(), 1000U);
  EXPECT_GT(answer.body_bytes, 1000U);
}

TEST_F(StallTest, RedirectsShareOneDeadline) {
  test::ScriptedServer server(
      test::Script().read_request().wait(100ms).send("HTTP/1.1 302 Found\r\nLocation: /again\r\n"
                                                     "Content-Length: 0\r\n\r\n"));
  HttpOptions options;
  options.max_redirects = 100;
  EXPECT_REASON(late(server.url(), options), timeout);
}

class StallingDnsTest : public testing::Test {};

TEST_F(StallingDnsTest, Resolve) {
  const auto dns = test::silent_dns_server();
  boost::asio::io_context loop;
  Toolbox toolbox(loop, {.dns_servers = dns.address()});
  HttpOptions options;
  for (int attempt = 0;; ++attempt) {
    const auto begin = Steady::now();
    const auto answer = test::run_coroutine(
        loop,
        toolbox.http().exchange({.url = "http://shop.test/"}, options, Deadline::in(timeout)));
    const auto took = Steady::now() - begin;
    EXPECT_REASON(answer, dns_timeout);
    EXPECT_GE(answer.timings.resolve, timeout - 10ms);
    if (took <= timeout + grace) {
      break;
    }
    ASSERT_LT(attempt, 2) << "ended late three times";
  }
}

}  // namespace
}  // namespace vedette::net
