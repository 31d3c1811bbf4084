// SPDX-License-Identifier: Apache-2.0
// What a well-behaved client meets.
#include "agent/web/server.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gmock/gmock.h>

#include "tests/integration/web/raw_client.h"
#include "tests/integration/web/running_server.h"
#include "tests/support/http_get.h"
#include "tests/support/http_text.h"
#include "tests/support/wait_for.h"

namespace vedette::web {
namespace {

using test::http_get;
using test::http_request;
using testing::HasSubstr;
using testing::Not;

const Handler echo = direct([](const Request& request) {
  auto response = text_response(
      200, request.method + " " + request.path + " " + request.query + " " + request.body);
  response.etag = "\"tag\"";
  return response;
});

const Handler counting = direct([](const Request&) {
  auto response = text_response(200, "");
  auto left = std::make_shared<int>(3);
  response.stream = [left](std::string& out) {
    out += "piece " + std::to_string(*left) + "\n";
    return --*left > 0;
  };
  return response;
});

std::size_t occurrences(const std::string& text, const std::string& word) {
  std::size_t count = 0;
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++count;
  return count;
}

TEST(Server, AnswersWithWhatTheHandlerSays) {
  RunningServer server(echo);
  const auto answer = http_request(server.port(), "POST", "/a%20b?x=1", "", "body");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "POST /a b x=1 body\n");
  EXPECT_THAT(answer.head, HasSubstr("ETag: \"tag\""));
  EXPECT_THAT(answer.head, HasSubstr("Date: "));
}

TEST(Server, HangsUpWithoutAWordWhenTheHandlerSaysSo) {
  RunningServer server(direct([](const Request&) {
    auto response = text_response(200, "never sent");
    response.hang_up = true;
    return response;
  }));
  RawClient client(server.port());
  ASSERT_TRUE(client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody"));
  EXPECT_TRUE(client.read_to_end());
  EXPECT_EQ(client.received(), "");
  EXPECT_TRUE(test::wait_for([&] { return server.connections() == 0; }));
}

TEST(Server, KeepsTheConnectionForTheNextRequest) {
  RunningServer server(echo);
  RawClient client(server.port());
  ASSERT_TRUE(client.send("GET /first HTTP/1.1\r\nHost: x\r\n\r\n"));
  ASSERT_TRUE(client.read_until("GET /first"));
  ASSERT_TRUE(client.send("GET /second HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
  EXPECT_TRUE(client.read_to_end());
  EXPECT_THAT(client.received(), HasSubstr("GET /second"));
}

TEST(Server, PipelinedRequestsAreAnsweredInOrder) {
  RunningServer server(echo);
  RawClient client(server.port());
  ASSERT_TRUE(
      client.send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n"
                  "POST /2 HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi"
                  "GET /3 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
  EXPECT_TRUE(client.read_to_end());
  const auto& text = client.received();
  const auto first = text.find("GET /1"), second = text.find("POST /2  hi"),
             third = text.find("GET /3");
  ASSERT_NE(third, std::string::npos);
  EXPECT_LT(first, second);
  EXPECT_LT(second, third);
}

TEST(Server, HeadHasTheHeadersOfGetAndNoBody) {
  RunningServer server(echo);
  const auto answer = http_request(server.port(), "HEAD", "/");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(test::header_value(answer.head, "Content-Length"), "9");
  EXPECT_EQ(answer.body, "");
}

TEST(Server, AKnownTagIsAnsweredWithoutABody) {
  RunningServer server(echo);
  const auto answer = http_request(server.port(), "GET", "/", "If-None-Match: \"tag\"\r\n");
  EXPECT_EQ(answer.status, 304);
  EXPECT_EQ(answer.body, "");
  EXPECT_THAT(answer.head, Not(HasSubstr("Content-Length")));
}

TEST(Server, AStreamIsChunkedAndTheConnectionGoesOn) {
  RunningServer server(counting);
  RawClient client(server.port());
  ASSERT_TRUE(client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
  ASSERT_TRUE(client.read_until("0\r\n\r\n"));
  EXPECT_THAT(client.received(),
              HasSubstr("8\r\npiece 3\n\r\n8\r\npiece 2\n\r\n8\r\npiece 1\n\r\n0\r\n\r\n"));
  ASSERT_TRUE(client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
  EXPECT_TRUE(client.read_to_end());
  EXPECT_EQ(occurrences(client.received(), "200 OK"), 2U);
}

TEST(Server, AnOldClientGetsAStreamUntilTheConnectionEnds) {
  RunningServer server(counting);
  RawClient client(server.port());
  ASSERT_TRUE(client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
  EXPECT_TRUE(client.read_to_end());
  EXPECT_THAT(client.received(), testing::EndsWith("\r\n\r\npiece 3\npiece 2\npiece 1\n"));
}

TEST(Server, AClientThatExpectsAContinueGetsOne) {
  RunningServer server(echo);
  RawClient client(server.port());
  ASSERT_TRUE(client.send(
      "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"));
  ASSERT_TRUE(client.read_until("HTTP/1.1 100 Continue\r\n\r\n"));
  ASSERT_TRUE(client.send("hi"));
  EXPECT_TRUE(client.read_until("POST /  hi"));
}

TEST(Server, AnExceptionOfAHandlerIsA500AndNothingMore) {
  RunningServer server([](const Request& request) -> Awaitable<Response> {
    if (request.path == "/bad") throw std::runtime_error("a bug");
    co_return text_response(200, "fine");
  });
  EXPECT_EQ(http_get(server.port(), "/bad").status, 500);
  EXPECT_THAT(http_get(server.port(), "/bad").body, Not(HasSubstr("a bug")));
  EXPECT_EQ(http_get(server.port(), "/").status, 200);
}

TEST(Server, ALineEndInAHeaderCannotMakeAnotherHeader) {
  RunningServer server(direct([](const Request& request) {
    auto response = text_response(200, "x");
    response.headers.push_back({"X-Given", request.path});
    return response;
  }));
  EXPECT_THAT(http_get(server.port(), "/a%0d%0aX-Evil:%201").head, Not(HasSubstr("X-Evil")));
  EXPECT_THAT(http_get(server.port(), "/good").head, HasSubstr("X-Given: /good"));
}

TEST(Server, ATakenOrStrangeAddressIsAnErrorInWords) {
  RunningServer server(echo);
  boost::asio::io_context loop;
  const auto error_of = [&](const std::string& address) {
    const auto listening = Server::listen(loop, address, echo);
    return listening ? "" : listening.error();
  };
  const auto taken = "127.0.0.1:" + std::to_string(server.port());
  EXPECT_THAT(error_of(taken), HasSubstr("cannot listen on " + taken));
  EXPECT_THAT(error_of("nonsense"), HasSubstr("'nonsense'"));
  EXPECT_THAT(error_of("host.invalid:80"), HasSubstr("not an IP address"));
}

TEST(Server, ListensOnIpv6) {
  if (!test::has_ipv6_loopback()) GTEST_SKIP() << "this machine has no ::1";
  boost::asio::io_context loop;
  const auto listening = Server::listen(loop, "[::1]:0", echo);
  ASSERT_TRUE(listening) << listening.error();
  EXPECT_EQ((*listening)->address(), "[::1]:" + std::to_string((*listening)->port()));
}

TEST(Server, StopEndsIdleConnectionsAndHandlersThatWait) {
  std::atomic<int> waiting{0};
  RunningServer server([&waiting](const Request&) -> Awaitable<Response> {
    ++waiting;
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor,
                                    std::chrono::hours(1));
    co_await timer.async_wait(boost::asio::use_awaitable);
    co_return text_response(200, "too late");
  });
  RawClient idle(server.port()), asking(server.port());
  ASSERT_TRUE(asking.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
  ASSERT_TRUE(test::wait_for([&] { return waiting == 1 && server.connections() == 2; }));
  server.stop();
  EXPECT_TRUE(idle.read_to_end());
  EXPECT_TRUE(asking.read_to_end());
  EXPECT_EQ(asking.received(), "");
  EXPECT_EQ(server.connections(), 0U);
}

}  // namespace
}  // namespace vedette::web
