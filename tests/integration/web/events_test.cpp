// SPDX-License-Identifier: Apache-2.0
// News over real sockets: who listens hears of every change, and keeps nobody else out.
#include <gmock/gmock.h>

#include "agent/web/topic.h"
#include "tests/integration/web/raw_client.h"
#include "tests/integration/web/running_server.h"
#include "tests/support/http_get.h"
#include "tests/support/wait_for.h"

namespace vedette::web {
namespace {

using namespace std::chrono_literals;
using test::wait_for;
using testing::HasSubstr;

constexpr auto ask = "GET /events HTTP/1.1\r\nHost: x\r\n\r\n";

class EventsTest : public testing::Test {
 protected:
  Handler handler() {
    return direct([this](const Request& request) {
      if (request.path != "/events") return text_response(200, "page");
      Response response;
      response.content_type = "text/event-stream; charset=utf-8";
      response.topic = &topic_;
      return response;
    });
  }
  std::size_t listeners(RunningServer& server) {
    return server.on_loop([this] { return topic_.listeners(); });
  }
  void publish(RunningServer& server) {
    server.on_loop([this] {
      topic_.publish();
      return 0;
    });
  }

  Topic topic_;
};

TEST_F(EventsTest, AListenerHearsTheNewestVersionAtOnceAndThenEachChange) {
  RunningServer server(handler());
  RawClient client(server.port());
  client.send(ask);
  EXPECT_TRUE(client.read_until("data: 1\n\n"));
  EXPECT_THAT(client.received(), HasSubstr("text/event-stream"));
  publish(server);
  EXPECT_TRUE(client.read_until("data: 2\n\n"));
  EXPECT_THAT(client.received(), HasSubstr("event: changed\n"));
  publish(server);
  EXPECT_TRUE(client.read_until("data: 3\n\n"));
  EXPECT_THAT(client.received(), HasSubstr("event: changed\n"));
}

TEST_F(EventsTest, ASignOfLifeFindsOutWhoIsGone) {
  RunningServer server(handler(), {.sign_of_life = 20ms});
  {
    RawClient client(server.port());
    client.send(ask);
    EXPECT_TRUE(client.read_until(": nothing new"));
    EXPECT_EQ(listeners(server), 1U);
  }
  EXPECT_TRUE(wait_for([&] { return listeners(server) == 0; }));
}

TEST_F(EventsTest, ListenersMakeRoomForThoseWhoComeLater) {
  RunningServer server(handler(), {.connections = 3});
  RawClient first(server.port()), second(server.port()), third(server.port());
  for (auto* client : {&first, &second, &third}) {
    client->send(ask);
    ASSERT_TRUE(client->read_until("data: 1\n\n"));
  }
  EXPECT_EQ(test::http_get(server.port(), "/").status, 200);
  EXPECT_TRUE(wait_for([&] { return listeners(server) == 2; })) << "at once, not at the next news";
}

TEST_F(EventsTest, TheServerEndsWhileSomebodyListens) {
  RunningServer server(handler());
  RawClient client(server.port());
  client.send(ask);
  ASSERT_TRUE(client.read_until("data: 1\n\n"));
  server.stop();
  EXPECT_EQ(listeners(server), 0U);
}

}  // namespace
}  // namespace vedette::web
