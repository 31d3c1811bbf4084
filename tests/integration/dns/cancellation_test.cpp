// SPDX-License-Identifier: Apache-2.0
// A run that is called off ends soon, whatever it waits for, and leaves no socket behind.
#include <fmt/format.h>

#include "probes/task_group.h"
#include "tests/integration/dns/dns_site.h"
#include "tests/integration/net/process_counts.h"
#include "tests/support/run_coroutine.h"
#include "tests/support/scripted_server.h"
#include "tests/support/udp_server.h"

namespace vedette::test {
namespace {

using DnsCancellationTest = testing::Test;

boost::asio::awaitable<void> run_of(const ProbeCheck& check, net::Toolbox& toolbox, bool& ended) {
  RunInput input{toolbox, Deadline::in(60s), {}};
  co_await check.probe().run(std::move(input));
  ended = true;
}

// Calls it off after it has begun to wait.
void stop(const std::string& section, const UdpServer& server) {
  const ProbeCheck check("dns", "name: shop.test\n" + section);
  const auto before = open_descriptors();
  {
    boost::asio::io_context loop;
    net::Toolbox toolbox(loop, {});
    TaskGroup tasks(loop.get_executor(), [](std::exception_ptr) { ADD_FAILURE(); });
    bool ended = false;
    tasks.spawn(run_of(check, toolbox, ended));
    while (server.received() == 0) loop.run_for(5ms);
    const auto began = Steady::now();
    run_coroutine(loop, tasks.stop());
    EXPECT_LT(Steady::now() - began, 5s);
    EXPECT_EQ(tasks.size(), 0u);
    EXPECT_FALSE(ended);
  }
  EXPECT_EQ(open_descriptors(), before);
}

UdpServer::Handler silence() {
  return [](const std::string&) { return std::vector<Datagram>(); };
}

TEST_F(DnsCancellationTest, WhileOneServerIsSilent) {
  UdpServer server(silence());
  stop("server: " + server.authority(), server);
}

TEST_F(DnsCancellationTest, WhileManyServersAreSilent) {
  UdpServer one(silence()), other(silence());
  stop(fmt::format("each_server: true\nservers: [{}, {}]", one.authority(), other.authority()),
       other);
}

TEST_F(DnsCancellationTest, WhileTheZoneIsLookedFor) {
  UdpServer server(silence());
  stop(fmt::format("each_server: true\nserver: {}", server.authority()), server);
}

TEST_F(DnsCancellationTest, LoopIsDroppedWithRunsInIt) {
  UdpServer one(silence()), other(silence());
  const ProbeCheck check("dns", fmt::format("name: shop.test\neach_server: true\nservers: [{}, {}]",
                                            one.authority(), other.authority()));
  const auto before = open_descriptors();
  {
    boost::asio::io_context loop;
    net::Toolbox toolbox(loop, {});
    TaskGroup tasks(loop.get_executor(), [](std::exception_ptr) {});
    bool ended = false;
    tasks.spawn(run_of(check, toolbox, ended));
    while (other.received() == 0) loop.run_for(5ms);
  }
  EXPECT_EQ(open_descriptors(), before);
}

}  // namespace
}  // namespace vedette::test
