// SPDX-License-Identifier: Apache-2.0
// Stopping the task group in each phase: every exchange ends at once and nothing is left behind.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include "probes/task_group.h"
#include "tests/integration/net/net_fixture.h"
#include "tests/integration/net/process_counts.h"
#include "tests/support/dns_server.h"
#include "tests/support/free_port.h"
#include "tests/support/scripted_server.h"
#include "tests/support/wait_for.h"

namespace vedette::net {
namespace {

using test::Script;
using test::ScriptedServer;

class CancellationTest : public testing::Test {
 protected:
  // Starts an exchange, waits until it hangs in its phase, stops the group.
  void stop_in(const std::string& url, const ToolboxSettings& settings = {}) {
    const auto before = test::settled_descriptors();
    {
      boost::asio::io_context loop;
      Toolbox toolbox(loop, settings);
      TaskGroup tasks(loop.get_executor(), [](std::exception_ptr) { ADD_FAILURE() << "escaped"; });
      const HttpOptions options;
      bool cancelled = false;
      const auto ask = [&]() -> boost::asio::awaitable<void> {
        try {
          HttpRequest request{.url = url};
          co_await toolbox.http().exchange(std::move(request), options, Deadline::in(60s));
          ADD_FAILURE() << "the exchange came to an end of its own";
        } catch (const boost::system::system_error& error) {
          cancelled = error.code() == boost::asio::error::operation_aborted;
        }
      };
      tasks.spawn(ask());
      loop.run_for(100ms);
      loop.restart();
      EXPECT_EQ(tasks.size(), 1U);
      const auto begin = Steady::now();
      test::run_coroutine(loop, tasks.stop());
      EXPECT_LT(Steady::now() - begin, 5s);
      EXPECT_TRUE(cancelled);
      EXPECT_EQ(tasks.size(), 0U);
    }
    // The server of the test closes its side on a thread of its own.
    EXPECT_TRUE(test::wait_for([&] { return test::open_descriptors() <= before; }));
  }
};

TEST_F(CancellationTest, InResolve) {
  const auto dns = test::silent_dns_server();
  stop_in("http://shop.test/", {.dns_servers = dns.address()});
}

TEST_F(CancellationTest, InConnect) {
  test::SilentPort silent;
  stop_in("http://127.0.0.1:" + std::to_string(silent.port()) + "/");
}

TEST_F(CancellationTest, InTheHandshake) {
  ScriptedServer server(Script().stall());
  stop_in(server.https());
}

TEST_F(CancellationTest, WhileTheServerThinks) {
  ScriptedServer server(Script().read_request().stall());
  stop_in(server.url());
}

TEST_F(CancellationTest, InTheBody) {
  ScriptedServer server(
      Script().read_request().send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf").stall());
  stop_in(server.url());
}

TEST_F(CancellationTest, ToolboxIsDroppedBeforeTheLoopWithRunsInIt) {
  ScriptedServer server(Script().read_request().stall());
  const auto before = test::settled_descriptors();
  const HttpOptions options;
  {
    boost::asio::io_context loop;
    Toolbox toolbox(loop, {});
    TaskGroup tasks(loop.get_executor(), [](std::exception_ptr) {});
    const auto ask = [&]() -> boost::asio::awaitable<void> {
      HttpRequest request{.url = server.url()};
      co_await toolbox.http().exchange(std::move(request), options, Deadline::in(60s));
    };
    tasks.spawn(ask());
    loop.run_for(50ms);
  }
  EXPECT_TRUE(test::wait_for([&] { return test::open_descriptors() <= before; }));
}

}  // namespace
}  // namespace vedette::net
