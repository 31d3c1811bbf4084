// SPDX-License-Identifier: Apache-2.0
// What a well-behaved server (nginx) gives, and whether all of it arrives.
#include <cstdlib>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "probes/task_group.h"
#include "tests/integration/net/net_fixture.h"
#include "tests/support/dns_server.h"
#include "tests/support/free_port.h"
#include "tests/support/nginx.h"
#include "tests/support/scripted_server.h"
#include "tests/support/test_site.h"

namespace vedette::net {
namespace {

class HttpExchangeTest : public NetTest {
 protected:
  void SetUp() override {
    if (!test::Nginx::installed()) {
      GTEST_SKIP() << "nginx is not installed";
    }
  }
  static std::string url(std::string_view port, std::string_view path = "/",
                         std::string_view host = {}) {
    return test::test_site().url(port, path, host);
  }
};

TEST_F(HttpExchangeTest, PlainGetTellsStatusVersionHeadersBodyAndAddress) {
  const auto answer = get(url("plain"));
  EXPECT_PASSED(answer);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.version, "1.1");
  EXPECT_NE(answer.body.find("hello"), std::string::npos);
  EXPECT_EQ(answer.body_bytes, answer.body.size());
  EXPECT_EQ(answer.wire_body_bytes, answer.body.size());
  EXPECT_EQ(answer.remote_address, "127.0.0.1");
  EXPECT_EQ(answer.final_url, url("plain"));
  EXPECT_EQ(answer.redirects, 0);
  EXPECT_FALSE(answer.tls.has_value());
  ASSERT_NE(header(answer, "Server"), nullptr);
}

TEST_F(HttpExchangeTest, PhasesAddUpToTheTotal) {
  const auto answer = get(url("plain"));
  const auto& t = answer.timings;
  EXPECT_GT(t.connect.count(), 0);
  EXPECT_GT(t.processing.count(), 0);
  EXPECT_EQ(t.tls.count(), 0);
  const auto sum = t.resolve + t.connect + t.tls + t.processing + t.transfer;
  EXPECT_LE(sum, t.total);
  EXPECT_LT(t.total - sum, 5ms);
}

TEST_F(HttpExchangeTest, HttpsAgainstAPrivateAuthorityKeepsTheCertificate) {
  HttpOptions options;
  options.tls.ca_file = test::test_site().tls().root();
  const auto answer = get(url("tls"), options);
  EXPECT_PASSED(answer);
  ASSERT_TRUE(answer.tls.has_value());
  EXPECT_FALSE(answer.tls->chain->empty());
  EXPECT_GT(answer.timings.tls.count(), 0);
}

TEST_F(HttpExchangeTest, HttpsWithoutTheRootFailsAndStillShowsTheCertificate) {
  const auto answer = get(url("tls"));
  EXPECT_REASON(answer, tls_unknown_issuer);
  ASSERT_TRUE(answer.tls.has_value());
  EXPECT_FALSE(answer.tls->chain->empty());
  EXPECT_EQ(answer.status, 0);
}

TEST_F(HttpExchangeTest, ExoticKeyIsTriedAgainInTheFullContext) {
  HttpOptions options;
  options.tls.ca_file = test::test_site().tls().root();
  const auto answer = get(url("p521"), options);
  EXPECT_PASSED(answer);
  EXPECT_EQ(answer.status, 200);
}

TEST_F(HttpExchangeTest, Http2IsNegotiatedOverTls) {
  HttpOptions options;
  options.tls.ca_file = test::test_site().tls().root();
  const auto answer = get(url("h2"), options);
  EXPECT_PASSED(answer);
  EXPECT_EQ(answer.version, "2");
  EXPECT_EQ(answer.status, 200);
}

TEST_F(HttpExchangeTest, Http1IsSpokenWhenAskedForEvenWhereHttp2IsOffered) {
  HttpOptions options;
  options.version = HttpVersion::http1;
  options.tls.ca_file = test::test_site().tls().root();
  EXPECT_EQ(get(url("h2"), options).version, "1.1");
}

TEST_F(HttpExchangeTest, Http2WithPriorKnowledgeOverPlainTcp) {
  HttpOptions options;
  options.version = HttpVersion::http2;
  const auto answer = get(url("h2c"), options);
  EXPECT_PASSED(answer);
  EXPECT_EQ(answer.version, "2");
}

TEST_F(HttpExchangeTest, CompressionIsOfferedDecodedAndBothSizesAreTold) {
  const auto answer = get(url("plain", "/gzip"));
  EXPECT_PASSED(answer);
  EXPECT_EQ(answer.body_bytes, test::TestSite::page_body);
  EXPECT_LT(answer.wire_body_bytes, answer.body_bytes / 2);
}

TEST_F(HttpExchangeTest, CompressionIsNotOfferedWhenSwitchedOff) {
  HttpOptions options;
  options.compression = false;
  const auto answer = get(url("plain", "/gzip"), options);
  EXPECT_EQ(answer.wire_body_bytes, test::TestSite::page_body);
}

TEST_F(HttpExchangeTest, BodyBeyondTheCapIsCountedAndNotKept) {
  const auto answer = get(url("plain", "/big"));
  EXPECT_PASSED(answer);
  EXPECT_EQ(answer.body.size(), std::size_t{1} << 20);
  EXPECT_EQ(answer.body_bytes, test::TestSite::big_body);
  EXPECT_TRUE(answer.body_truncated());
}

TEST_F(HttpExchangeTest, HeadHasNoBody) {
  const auto answer = exchange({.method = "HEAD", .url = url("plain")});
  EXPECT_PASSED(answer);
  EXPECT_EQ(answer.status, 200);
  EXPECT_TRUE(answer.body.empty());
  ASSERT_NE(header(answer, "Content-Length"), nullptr);
}

TEST_F(HttpExchangeTest, ErrorStatusIsAnAnswerLikeAnyOther) {
  for (const int status : {204, 404, 429, 500, 502, 503}) {
    const auto answer = get(url("plain", "/status/" + std::to_string(status)));
    EXPECT_PASSED(answer);
    EXPECT_EQ(answer.status, status);
  }
}

TEST_F(HttpExchangeTest, IPv6LiteralAndFamilies) {
  if (!test::has_ipv6_loopback()) {
    GTEST_SKIP() << "no IPv6 loopback";
  }
  const auto literal = get(url("v6_plain"));
  EXPECT_PASSED(literal);
  EXPECT_EQ(literal.remote_address, "::1");
  HttpOptions options;
  options.family = IpFamily::v6;
  const auto port = std::to_string(test::test_site().nginx().port("v6_plain"));
  const auto named = get("http://localhost:" + port + "/", options);
  EXPECT_PASSED(named);
  EXPECT_EQ(named.remote_address, "::1");
}

TEST_F(HttpExchangeTest, LiteralOfTheOtherFamilyIsNoData) {
  HttpOptions options;
  options.family = IpFamily::v6;
  EXPECT_REASON(get(url("plain"), options), dns_no_data);
}

TEST_F(HttpExchangeTest, ResolveOverrideKeepsTheHostName) {
  HttpOptions options;
  options.resolve = {{"shop.test", "127.0.0.1"}};
  const auto answer = get(url("plain", "/echo", "shop.test"), options);
  EXPECT_PASSED(answer);
  EXPECT_NE(answer.body.find("shop.test"), std::string::npos) << answer.body;
}

TEST_F(HttpExchangeTest, NextAddressIsTriedWhenTheFirstRefuses) {
  if (!test::has_ipv6_loopback()) {
    GTEST_SKIP() << "no IPv6 loopback";
  }
  // localhost is 127.0.0.1, then ::1; nobody listens on this port of 127.0.0.1.
  const auto port = std::to_string(test::test_site().nginx().port("v6_plain"));
  const auto answer = get("http://localhost:" + port + "/");
  EXPECT_PASSED(answer);
  EXPECT_EQ(answer.remote_address, "::1");
}

// Accepts one connection and answers it.
boost::asio::awaitable<void> answer_once(boost::asio::ip::tcp::acceptor& acceptor) {
  auto socket = co_await acceptor.async_accept(boost::asio::use_awaitable);
  const std::string answer = test::http_answer("200 OK", "the second");
  co_await boost::asio::async_write(socket, boost::asio::buffer(answer),
                                    boost::asio::use_awaitable);
}

TEST(HttpAddressesTest, NextAddressIsTriedInTimeWhenTheFirstIsSilent) {
  test::SilentPort silent;  // on 127.0.0.1
  test::ScriptedDnsServer dns({{"shop.test", {.v4 = {"127.0.0.1", "127.0.0.2"}}}});
  boost::asio::io_context loop;
  Toolbox toolbox(loop, {.dns_servers = dns.address()});
  using boost::asio::ip::tcp;
  tcp::acceptor second(loop,
                       tcp::endpoint(boost::asio::ip::make_address("127.0.0.2"), silent.port()));
  TaskGroup tasks(loop.get_executor(), [](std::exception_ptr) { ADD_FAILURE(); });
  tasks.spawn(answer_once(second));
  HttpOptions options;
  options.family = IpFamily::v4;
  const auto url = "http://shop.test:" + std::to_string(silent.port()) + "/";
  const auto answer =
      test::run_coroutine(loop, toolbox.http().exchange({.url = url}, options, Deadline::in(1s)));
  EXPECT_PASSED(answer);
  EXPECT_EQ(answer.remote_address, "127.0.0.2");
  EXPECT_EQ(answer.body, "the second");
  EXPECT_GE(answer.timings.connect, 450ms);
}

TEST_F(HttpExchangeTest, ReuseKeepsTheConnectionAndTheDefaultDoesNot) {
  const auto reply = [](const std::string&) { return test::http_answer("200 OK", "hello"); };
  test::ScriptedServer server(test::http_script(reply));
  get(server.url());
  get(server.url());
  EXPECT_EQ(server.connections(), 2);
  HttpOptions options;
  options.reuse_connection = true;
  for (int i = 0; i < 3; ++i) {
    EXPECT_PASSED(get(server.url(), options));
  }
  EXPECT_EQ(server.connections(), 3);
}

TEST_F(HttpExchangeTest, ReusedTlsConnectionKeepsItsFacts) {
  HttpOptions options;
  options.reuse_connection = true;
  options.tls.ca_file = test::test_site().tls().root();
  const auto first = get(url("tls"), options);
  EXPECT_PASSED(first);
  const auto second = get(url("tls"), options);
  EXPECT_PASSED(second);
  EXPECT_EQ(second.timings.tls.count(), 0);
  ASSERT_TRUE(second.tls.has_value());
  EXPECT_EQ(second.tls->chain->size(), first.tls->chain->size());
}

TEST_F(HttpExchangeTest, UnverifiedConnectionIsNotHandedToACheckThatVerifies) {
  HttpOptions careless;
  careless.reuse_connection = true;
  careless.tls.verify = false;
  EXPECT_PASSED(get(url("tls"), careless));
  HttpOptions careful;
  careful.reuse_connection = true;
  EXPECT_REASON(get(url("tls"), careful), tls_unknown_issuer);
}

TEST_F(HttpExchangeTest, HeadersGivenTwiceAreSentTwiceAndEmptyOnesToo) {
  test::ScriptedServer server(test::Script().read_request().send(test::http_answer("200 OK", "")));
  const auto answer = exchange(
      {.url = server.url(), .headers = {{"X-Twice", "one"}, {"X-Twice", "two"}, {"X-Empty", ""}}});
  EXPECT_PASSED(answer);
  const auto requests = server.requests();
  ASSERT_EQ(requests.size(), 1U);
  EXPECT_NE(requests[0].find("X-Twice: one\r\n"), std::string::npos);
  EXPECT_NE(requests[0].find("X-Twice: two\r\n"), std::string::npos);
  EXPECT_NE(requests[0].find("X-Empty:\r\n"), std::string::npos);
  EXPECT_NE(requests[0].find("User-Agent: vedette/0.1\r\n"), std::string::npos);
  EXPECT_NE(requests[0].find("Connection: close\r\n"), std::string::npos);
}

TEST_F(HttpExchangeTest, AnyMethodWithAndWithoutBody) {
  for (const std::string method : {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PURGE"}) {
    for (const std::string body : {"", "a=1"}) {
      test::ScriptedServer server(
          test::Script().read_request().send(test::http_answer("200 OK", "")));
      const auto answer = exchange(
          {.method = method, .url = server.url("/x"), .body = body, .has_body = !body.empty()});
      EXPECT_PASSED(answer);
      const auto requests = server.requests();
      ASSERT_EQ(requests.size(), 1U) << method;
      EXPECT_EQ(test::request_line(requests[0]), method + " /x HTTP/1.1");
      EXPECT_EQ(test::message_body(requests[0]), body);
      EXPECT_EQ(test::header_value(requests[0], "Content-Type"), "");
      EXPECT_EQ(test::header_value(requests[0], "Expect"), "");
    }
  }
}

TEST_F(HttpExchangeTest, BigBodyIsSentWithoutWaitingForPermission) {
  test::ScriptedServer server(test::Script().read_request().send(test::http_answer("200 OK", "")));
  const std::string body(3 << 20, 'x');
  const auto answer = exchange({.method = "POST",
                                .url = server.url(),
                                .headers = {{"Content-Type", "text/plain"}},
                                .body = body,
                                .has_body = true});
  EXPECT_PASSED(answer);
  const auto requests = server.requests();
  ASSERT_EQ(requests.size(), 1U);
  EXPECT_EQ(test::message_body(requests[0]).size(), body.size());
  EXPECT_EQ(test::header_value(requests[0], "Content-Type"), "text/plain");
}

TEST_F(HttpExchangeTest, HeaderWithALineBreakIsNotSent) {
  test::ScriptedServer server(test::Script().read_request().send(test::http_answer("200 OK", "")));
  const auto answer =
      exchange({.url = server.url(), .headers = {{"X-Name", "secret\r\nX-Smuggled: 1"}}});
  EXPECT_REASON(answer, protocol_error);
  EXPECT_EQ(answer.failure->message.find("secret"), std::string::npos);
  EXPECT_EQ(server.connections(), 0);
}

TEST_F(HttpExchangeTest, UrlThatIsNoneFailsWithoutAConnection) {
  for (const char* bad : {"", "shop.test", "ftp://127.0.0.1/", "http://", "http://[::1",
                          "http://a b/", "file:///etc/passwd", "http://127.0.0.1:99999/"}) {
    EXPECT_REASON(get(bad), protocol_error);
  }
}

TEST_F(HttpExchangeTest, PasswordInTheUrlIsUsedAndNotShown) {
  const auto answer = get(url("plain", "/basic", "user:password@127.0.0.1"));
  EXPECT_PASSED(answer);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.final_url.find("password"), std::string::npos);
}

TEST_F(HttpExchangeTest, EnvironmentsProxyIsIgnored) {
  ::setenv("http_proxy", "http://127.0.0.1:1", 1);
  ::setenv("ALL_PROXY", "http://127.0.0.1:1", 1);
  const auto answer = get(url("plain"));
  ::unsetenv("http_proxy");
  ::unsetenv("ALL_PROXY");
  EXPECT_PASSED(answer);
}

TEST_F(HttpExchangeTest, InterimAnswersAndTrailersAreNotTakenForTheAnswer) {
  test::ScriptedServer server(test::Script().read_request().send(
      "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Real: yes\r\n\r\n"
      "5\r\nhello\r\n0\r\nX-Trailer: late\r\n\r\n"));
  const auto answer = get(server.url());
  EXPECT_PASSED(answer);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "hello");
  EXPECT_EQ(header(answer, "Link"), nullptr);
  EXPECT_EQ(header(answer, "X-Trailer"), nullptr);
  EXPECT_NE(header(answer, "X-Real"), nullptr);
}

}  // namespace
}  // namespace vedette::net
