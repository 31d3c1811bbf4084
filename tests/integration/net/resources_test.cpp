// SPDX-License-Identifier: Apache-2.0
// Many runs: no thread is started, no descriptor is lost, handles go back to their pool.
#include "probes/task_group.h"
#include "tests/integration/net/net_fixture.h"
#include "tests/integration/net/process_counts.h"
#include "tests/support/dns_server.h"
#include "tests/support/nginx.h"
#include "tests/support/test_site.h"

namespace vedette::net {
namespace {

class ResourcesTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!test::Nginx::installed()) {
      GTEST_SKIP() << "nginx is not installed";
    }
    options_.tls.ca_file = test::test_site().tls().root();
  }

  boost::asio::awaitable<void> ask(std::string url) {
    HttpRequest request{.url = std::move(url)};
    const auto answer =
        co_await toolbox_.http().exchange(std::move(request), options_, Deadline::in(30s));
    passed_ += answer.status == 200 && !answer.failure ? 1 : 0;
    most_threads_ = std::max(most_threads_, test::threads());
  }

  test::ScriptedDnsServer dns_{{{"shop.test", {.v4 = {"127.0.0.1"}}}}};
  boost::asio::io_context loop_;
  Toolbox toolbox_{loop_, {.dns_servers = dns_.address(), .max_pooled_handles = 16}};
  HttpOptions options_;
  int passed_ = 0;
  std::size_t most_threads_ = 0;
};

TEST_F(ResourcesTest, ThousandRunsLeaveNoDescriptorAndNoThread) {
  const auto url = test::test_site().url("plain", "/", "shop.test");
  test::run_coroutine(loop_, ask(url));
  const auto descriptors = test::open_descriptors();
  const auto threads = test::threads();
  for (int i = 0; i < 1000; ++i) {
    test::run_coroutine(loop_, ask(url));
  }
  EXPECT_EQ(passed_, 1001);
  EXPECT_EQ(most_threads_, threads);
  EXPECT_LE(test::open_descriptors(), descriptors);
}

TEST_F(ResourcesTest, TwoHundredRunsAtOnceWithASmallPool) {
  const auto threads = test::threads();
  TaskGroup tasks(loop_.get_executor(), [](std::exception_ptr) { ADD_FAILURE(); });
  for (int i = 0; i < 100; ++i) {
    tasks.spawn(ask(test::test_site().url("plain", "/", "shop.test")));
    tasks.spawn(ask(test::test_site().url("tls", "/", "shop.test")));
  }
  loop_.run();
  EXPECT_EQ(passed_, 200);
  EXPECT_EQ(tasks.size(), 0U);
  EXPECT_EQ(most_threads_, std::max(threads, most_threads_ == 0 ? threads : test::threads()));
}

TEST_F(ResourcesTest, LoopRunsDryAfterTheLastRun) {
  test::run_coroutine(loop_, ask(test::test_site().url("plain")));
  loop_.restart();
  const auto begin = Steady::now();
  loop_.run();
  EXPECT_LT(Steady::now() - begin, 5s);
}

}  // namespace
}  // namespace vedette::net
