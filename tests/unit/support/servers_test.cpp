// SPDX-License-Identifier: Apache-2.0
// The servers that other tests stand on, asked by the plainest client there is.
#include <array>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/dns_server.h"
#include "tests/support/scripted_server.h"
#include "tests/support/test_site.h"
#include "tests/support/wait_for.h"

namespace vedette::test {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

boost::system::error_code try_connect(std::uint16_t port) {
  asio::io_context loop;
  tcp::socket socket(loop);
  boost::system::error_code error;
  socket.connect({asio::ip::make_address("127.0.0.1"), port}, error);
  return error;
}

struct Reply {
  std::string text;
  boost::system::error_code end;  // eof when all went well
};

Reply ask(std::uint16_t port, const std::string& request) {
  asio::io_context loop;
  tcp::socket socket(loop);
  socket.connect({asio::ip::make_address("127.0.0.1"), port});
  asio::write(socket, asio::buffer(request));
  Reply reply;
  asio::read(socket, asio::dynamic_buffer(reply.text), reply.end);
  return reply;
}

constexpr const char* get_closing = "GET / HTTP/1.0\r\n\r\n";

TEST(ListenerTest, RefusesAndListensAgainOnTheSamePort) {
  Listener listener;
  EXPECT_FALSE(try_connect(listener.port()));
  listener.refuse();
  EXPECT_EQ(try_connect(listener.port()), asio::error::connection_refused);
  listener.listen();
  EXPECT_FALSE(try_connect(listener.port()));
}

TEST(NginxTest, ServesStopsAndComesBackOnTheSamePort) {
  if (!Nginx::installed()) {
    GTEST_SKIP() << "this machine has no nginx";
  }
  const TempDir dir;
  Nginx nginx(dir.path(), "server { listen @plain@; location / { return 200 hello; } }");
  EXPECT_THAT(ask(nginx.port("plain"), get_closing).text, HasSubstr("hello"));
  nginx.stop();
  EXPECT_EQ(try_connect(nginx.port("plain")), asio::error::connection_refused);
  nginx.start();
  EXPECT_THAT(ask(nginx.port("plain"), get_closing).text, HasSubstr("hello"));
  EXPECT_THAT(nginx.access_log(), ElementsAre("GET / 200", "GET / 200"));
}

TEST(NginxTest, TellsWhatIsWrongWithItsConfiguration) {
  if (!Nginx::installed()) {
    GTEST_SKIP() << "this machine has no nginx";
  }
  const TempDir dir;
  try {
    const Nginx nginx(dir.path(), "server { listen @plain@; nonsense on; }");
    FAIL() << "nginx started";
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), HasSubstr("nonsense"));
  }
}

TEST(TestSiteTest, Starts) {
  if (!Nginx::installed()) {
    GTEST_SKIP() << "this machine has no nginx";
  }
  const std::uint16_t port = test_site().nginx().port("plain");
  EXPECT_THAT(ask(port, "GET /basic HTTP/1.0\r\n\r\n").text, HasSubstr("401 Unauthorized"));
  EXPECT_THAT(ask(port, "GET /echo HTTP/1.0\r\nX-Probe: 7\r\n\r\n").text, HasSubstr("x-probe=7\n"));
}

TEST(ScriptedServerTest, PlaysTheScriptsInTurnAndTheLastOneForAllThatFollow) {
  const ScriptedServer server(
      {Script().read_request().send("first"), Script().read_request().send("later")});
  EXPECT_EQ(ask(server.port(), get_closing).text, "first");
  EXPECT_EQ(ask(server.port(), get_closing).text, "later");
  const Reply third = ask(server.port(), get_closing);
  EXPECT_EQ(third.text, "later");
  EXPECT_EQ(third.end, asio::error::eof);
  EXPECT_EQ(server.connections(), 3);
  EXPECT_THAT(server.requests(), ElementsAre(get_closing, get_closing, get_closing));
  EXPECT_TRUE(wait_for([&] { return server.open_connections() == 0; }));
}

TEST(ScriptedServerTest, Resets) {
  const ScriptedServer server(Script().read_request().reset());
  EXPECT_EQ(ask(server.port(), get_closing).end, asio::error::connection_reset);
}

TEST(ScriptedServerTest, HandsWholeRequestsToTheHandler) {
  const ScriptedServer server(http_script([](const std::string& request) {
    return http_answer(
        "200 OK",
        request_line(request) + "|" + header_value(request, "x-word") + "|" + message_body(request),
        "Connection: close\r\n");
  }));
  const Reply reply =
      ask(server.port(), "POST /a HTTP/1.1\r\nX-Word: yes\r\nContent-Length: 3\r\n\r\nabc");
  EXPECT_THAT(reply.text, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(reply.text, HasSubstr("\r\n\r\nPOST /a HTTP/1.1|yes|abc"));
}

TEST(ScriptedServerTest, EndsWhileConnectionsStall) {
  asio::io_context loop;
  tcp::socket socket(loop);
  {
    const ScriptedServer server(Script().stall());
    socket.connect({asio::ip::make_address("127.0.0.1"), server.port()});
    EXPECT_TRUE(wait_for([&] { return server.open_connections() == 1; }));
  }
  std::array<char, 1> byte{};
  boost::system::error_code error;
  socket.read_some(asio::buffer(byte), error);
  EXPECT_TRUE(error);
}

std::string ask_dns(const ScriptedDnsServer& server, const std::string& query) {
  using asio::ip::udp;
  asio::io_context loop;
  udp::socket socket(loop, udp::v4());
  const udp::endpoint target(asio::ip::make_address("127.0.0.1"), server.port());
  socket.send_to(asio::buffer(query), target);
  std::array<char, 512> buffer{};
  return {buffer.data(), socket.receive(asio::buffer(buffer))};
}

const std::string query_for_shop(
    "\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00"
    "\x04Shop\x04test\x00\x00\x01\x00\x01",
    27);

TEST(ScriptedDnsServerTest, AnswersAddresses) {
  const ScriptedDnsServer server({{"shop.test", {.v4 = {"192.0.2.7"}}}});
  const std::string reply = ask_dns(server, query_for_shop);
  EXPECT_THAT(reply, StartsWith("\x12\x34\x81\x80"));
  EXPECT_EQ(reply.substr(reply.size() - 6), std::string("\x00\x04\xC0\x00\x02\x07", 6));
  EXPECT_THAT(server.queries(), ElementsAre("shop.test A"));
}

TEST(ScriptedDnsServerTest, KnowsNoOtherNames) {
  const ScriptedDnsServer server({});
  EXPECT_EQ(ask_dns(server, query_for_shop).substr(2, 2), "\x81\x83");
}

}  // namespace
}  // namespace vedette::test
