// SPDX-License-Identifier: Apache-2.0
// Clients that are slow, greedy or out of their mind: they end, in bounded time and memory, and
// others are served.
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gmock/gmock.h>
#include <sys/resource.h>

#include "agent/web/server.h"
#include "tests/integration/web/raw_client.h"
#include "tests/integration/web/running_server.h"
#include "tests/support/http_get.h"
#include "tests/support/wait_for.h"

namespace vedette::web {
namespace {

using std::chrono::milliseconds;
using test::http_get;
using testing::HasSubstr;

const Handler hello = direct([](const Request&) { return text_response(200, "hello"); });
const std::string request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

std::string answer_to(RunningServer& server, const std::string& bytes) {
  RawClient client(server.port());
  client.send(bytes);
  EXPECT_TRUE(client.read_to_end());
  return client.received();
}

// The answer to bytes that never end.
std::string answer_to_endless(RunningServer& server, const std::string& begin,
                              const std::string& more) {
  RawClient client(server.port());
  client.send(begin);
  for (int i = 0; i < 2000 && client.send(more); ++i) {
  }
  EXPECT_TRUE(client.read_to_end());
  return client.received();
}

TEST(HostileClients, AHeadThatIsTooLongIsRefused) {
  RunningServer server(hello);
  EXPECT_THAT(answer_to(server, "GET / HTTP/1.1\r\nX: " + std::string(20'000, 'a') + "\r\n\r\n"),
              HasSubstr("HTTP/1.1 431 "));
  EXPECT_THAT(answer_to(server, "GET /" + std::string(20'000, 'a')), HasSubstr("HTTP/1.1 431 "));
}

TEST(HostileClients, HeadersWithoutAnEndAreRefused) {
  RunningServer server(hello);
  answer_to_endless(server, "GET / HTTP/1.1\r\n", "X-More: and more and more and more\r\n");
  EXPECT_TRUE(test::wait_for([&] { return server.connections() == 0; }));
}

TEST(HostileClients, AnAnnouncedBodyThatIsTooLargeIsRefusedUnread) {
  RunningServer server(hello);
  EXPECT_THAT(
      answer_to(server, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n"),
      HasSubstr("HTTP/1.1 413 "));
}

TEST(HostileClients, AChunkedBodyThatGrowsTooLargeIsRefused) {
  RunningServer server(hello);
  const std::string chunk = "1000\r\n" + std::string(0x1000, 'a') + "\r\n";
  std::string body;
  for (int i = 0; i < 17; ++i) body += chunk;
  EXPECT_THAT(
      answer_to(server, "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + body),
      HasSubstr("HTTP/1.1 413 "));
}

TEST(HostileClients, GarbageIsABadRequestAndTheEndOfTheConnection) {
  RunningServer server(hello);
  for (const auto& garbage :
       {std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 15),
        std::string("hello there\r\n\r\n"), std::string("GET / HTTP/9.9\r\n\r\n"),
        std::string("GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n"),
        std::string("GET * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")}) {
    EXPECT_THAT(answer_to(server, garbage), HasSubstr("HTTP/1.1 400 ")) << garbage;
  }
}

TEST(HostileClients, GarbageAfterARequestEndsCleanlyAfterItsAnswer) {
  RunningServer server(hello);
  const auto answer = answer_to(server, request + "\x01\x02garbage\r\n\r\n");
  EXPECT_THAT(answer, HasSubstr("HTTP/1.1 200 "));
  EXPECT_THAT(answer, HasSubstr("HTTP/1.1 400 "));
}

TEST(HostileClients, TwoLengthsAreNotTrusted) {
  RunningServer server(hello);
  EXPECT_THAT(
      answer_to(
          server,
          "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
          "0\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n"),
      HasSubstr("HTTP/1.1 400 "));
}

TEST(HostileClients, OneThatLeavesInTheMiddleIsForgotten) {
  RunningServer server(hello);
  {
    RawClient first(server.port()), second(server.port());
    first.send("GET / HT");
    second.send("POST / HTTP/1.1\r\nContent-Length: 100\r\n\r\nhalf");
    ASSERT_TRUE(test::wait_for([&] { return server.connections() == 2; }));
  }
  EXPECT_TRUE(test::wait_for([&] { return server.connections() == 0; }));
}

TEST(HostileClients, AHeadOrBodyThatDripsIsCutOffInTime) {
  RunningServer server(hello, {.read_time = milliseconds(150)});
  for (const char* start : {"", "GET / HT", "POST / HTTP/1.1\r\nContent-Length: 100\r\n\r\nhalf"}) {
    RawClient client(server.port());
    client.send(start);
    const auto began = std::chrono::steady_clock::now();
    EXPECT_TRUE(client.read_to_end());
    EXPECT_GE(std::chrono::steady_clock::now() - began, milliseconds(100)) << start;
  }
}

TEST(HostileClients, AnIdleConnectionIsClosedInTime) {
  RunningServer server(hello, {.idle_time = milliseconds(100)});
  RawClient client(server.port());
  client.send(request);
  EXPECT_TRUE(client.read_to_end());
  EXPECT_THAT(client.received(), HasSubstr("hello"));
}

TEST(HostileClients, OneThatDoesNotReadIsCutOffInTime) {
  const auto large = std::make_shared<const std::string>(64 << 20, 'x');
  RunningServer server(direct([large](const Request& asked) {
                         auto response = text_response(200, "small");
                         if (asked.path == "/large") response.body = large;
                         if (asked.path == "/endless") {
                           response.stream = [](std::string& out) {
                             out.append(65536, 'x');
                             return true;
                           };
                         }
                         return response;
                       }),
                       {.write_time = milliseconds(200)});
  RawClient large_client(server.port()), endless_client(server.port());
  large_client.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
  endless_client.send("GET /endless HTTP/1.1\r\nHost: x\r\n\r\n");
  ASSERT_TRUE(test::wait_for([&] { return server.connections() == 2; }));
  EXPECT_TRUE(test::wait_for([&] { return server.connections() == 0; }));
  EXPECT_EQ(http_get(server.port(), "/").status, 200);
}

// The tests of a thousand need descriptors for both ends.
void allow_descriptors(rlim_t wanted) {
  rlimit limit{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &limit), 0);
  limit.rlim_cur = std::max(limit.rlim_cur, std::min(wanted, limit.rlim_max));
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &limit), 0);
  ASSERT_GE(limit.rlim_cur, wanted);
}

TEST(HostileClients, AThousandSlowOnesDoNotKeepOthersOut) {
  allow_descriptors(2500);
  RunningServer server(hello);
  std::vector<std::unique_ptr<RawClient>> slow;
  for (int i = 0; i < 1000; ++i) {
    slow.push_back(std::make_unique<RawClient>(server.port()));
    slow.back()->send("GET / HTTP/1.1\r\nX-Slow: ");
    if (i % 100 == 99) {
      EXPECT_EQ(http_get(server.port(), "/").body, "hello\n") << "after " << i + 1;
    }
  }
  EXPECT_LE(server.connections(), Limits{}.connections);
  const auto began = std::chrono::steady_clock::now();
  for (int i = 0; i < 20; ++i) EXPECT_EQ(http_get(server.port(), "/").status, 200);
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(5));
}

TEST(HostileClients, TheOneThatKeptUsWaitingLongestGoesFirst) {
  RunningServer server(hello, {.connections = 2});
  RawClient oldest(server.port());
  ASSERT_TRUE(test::wait_for([&] { return server.connections() == 1; }));
  RawClient busy(server.port());
  ASSERT_TRUE(test::wait_for([&] { return server.connections() == 2; }));
  ASSERT_TRUE(oldest.send(request));
  ASSERT_TRUE(oldest.read_until("hello"));  // it is the younger one now: it spoke last
  RawClient third(server.port());
  EXPECT_TRUE(busy.read_to_end());
  ASSERT_TRUE(oldest.send(request));
  ASSERT_TRUE(third.send(request));
  EXPECT_TRUE(third.read_until("hello"));
}

TEST(HostileClients, ClientsThatWaitForUsAreNotEvicted) {
  std::promise<void> release;
  const std::shared_future<void> released(release.get_future());
  std::atomic<int> asked{0};
  RunningServer server(
      [&](const Request&) -> Awaitable<Response> {
        ++asked;
        while (released.wait_for(milliseconds(0)) != std::future_status::ready) {
          co_await boost::asio::post(co_await boost::asio::this_coro::executor,
                                     boost::asio::use_awaitable);
        }
        co_return text_response(200, "hello");
      },
      {.connections = 1});
  RawClient patient(server.port());
  ASSERT_TRUE(patient.send(request));
  ASSERT_TRUE(test::wait_for([&] { return asked == 1; }));
  RawClient late(server.port());
  EXPECT_TRUE(late.read_to_end());
  release.set_value();
  EXPECT_TRUE(patient.read_until("hello"));
}

}  // namespace
}  // namespace vedette::web
