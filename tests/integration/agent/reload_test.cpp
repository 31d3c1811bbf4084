// SPDX-License-Identifier: Apache-2.0
// A new configuration for the running agent: what changes, what goes on, what is refused.
#include <csignal>

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/inotify.h>

#include "tests/integration/agent/agent_fixture.h"
#include "tests/support/http_get.h"
#include "tests/support/wait_for.h"

namespace vedette::test {
namespace {

TEST_F(AgentTest, AReloadAddsAndRemovesChecksAndKeepsTheOpenIncident) {
  auto made = config();
  RunningAgent agent(write(made), dir / "log");
  shop.break_it();
  ASSERT_TRUE(agent.wait_for_status("investigating"));
  const auto id = agent.incidents().front().at("id");
  Shop second;
  made.components += "  - {id: second, name: Second}\n";
  made.checks += quick_check("second-page", "second", second.url());
  write(made);
  agent.process().send_signal(SIGHUP);
  ASSERT_TRUE(wait_for([&] { return second.asked() > 1; }));
  EXPECT_EQ(agent.incidents().size(), 1U);
  EXPECT_EQ(agent.incidents().front().at("id"), id);
  EXPECT_EQ(agent.newest_status(), "investigating");
  EXPECT_TRUE(agent.metric("probe_success{check=\"second-page\""));

  write(config());
  agent.process().send_signal(SIGHUP);
  EXPECT_TRUE(wait_for([&] { return !agent.metric("probe_success{check=\"second-page\""); }));
}

TEST_F(AgentTest, ABadReloadChangesNothingAndIsReported) {
  RunningAgent agent(write(config()), dir / "log");
  dir.write("vedette.yaml", "agent: {regoin: x}\n");
  const auto answer = agent.reload();
  EXPECT_NE(answer.status, 200);
  EXPECT_NE(answer.body.find("did you mean"), std::string::npos) << answer.body;
  EXPECT_EQ(agent.metric("vedette_config_last_reload_successful"), 0);
  EXPECT_NE(http_get(agent.port(), "/-/ready").body.find("reload"), std::string::npos);
  const int asked = shop.asked();
  EXPECT_TRUE(wait_for([&] { return shop.asked() > asked + 2; }))
      << "the old configuration goes on";

  write(config());
  EXPECT_EQ(agent.reload().status, 200);
  EXPECT_EQ(agent.metric("vedette_config_last_reload_successful"), 1);
}

TEST_F(AgentTest, AReloadWithoutTheTokenIsRefused) {
  RunningAgent agent(write(config()), dir / "log");
  EXPECT_EQ(http_request(agent.port(), "POST", "/-/reload").status, 401);
  EXPECT_EQ(
      http_request(agent.port(), "POST", "/-/reload", "Authorization: Bearer wrong\r\n").status,
      401);
  EXPECT_EQ(http_get(agent.port(), "/-/reload").status, 405);
}

TEST_F(AgentTest, TheIncidentOfACheckThatIsNoLongerConfiguredEnds) {
  auto made = config();
  Shop second;
  made.components += "  - {id: second, name: Second}\n";
  made.checks += quick_check("second-page", "second", second.url());
  RunningAgent agent(write(made), dir / "log");
  second.break_it();
  ASSERT_TRUE(agent.wait_for_status("investigating"));
  write(config());
  agent.process().send_signal(SIGHUP);
  EXPECT_TRUE(agent.wait_for_status("resolved")) << agent.process().output();
}

TEST_F(AgentTest, AReloadKeepsTheStateOfAnUnchangedCheck) {
  auto made = config();
  RunningAgent agent(write(made), dir / "log");
  const auto passes =
      "vedette_check_results_total{check=\"shop-page\",component=\"shop\",region=\"test\",probe="
      "\"http\",outcome=\"pass\"";
  ASSERT_TRUE(wait_for([&] { return agent.metric(passes).value_or(0) >= 5; }));
  Shop second;
  made.checks += quick_check("second-page", "shop", second.url());
  write(made);
  agent.process().send_signal(SIGHUP);
  ASSERT_TRUE(wait_for([&] { return second.asked() > 0; }));
  EXPECT_GE(agent.metric(passes).value_or(0), 5) << "a restarted check would count from zero";
}

// Tells when somebody has read a file to its end.
class Reading {
 public:
  explicit Reading(const std::filesystem::path& file) : watch_(inotify_init1(IN_CLOEXEC)) {
    EXPECT_GE(inotify_add_watch(watch_.get(), file.c_str(), IN_CLOSE_NOWRITE), 0);
  }
  bool wait() {
    pollfd waited{watch_.get(), POLLIN, 0};
    return poll(&waited, 1, 20'000) == 1;
  }

 private:
  Descriptor watch_;
};

TEST_F(AgentTest, ASignalDuringAReloadIsNotLost) {
  auto made = config();
  RunningAgent agent(write(made), dir / "log");
  // So many checks that the reload is still at it when the file changes again.
  auto many = made;
  for (int i = 0; i < 2000; ++i)
    many.checks += "  - {name: idle-" + std::to_string(i) +
                   ", component: shop, every: 24h, http: {url: \"" + shop.url() + "\"}}\n";
  const auto path = write(many);
  Reading reading(path);
  agent.process().send_signal(SIGHUP);
  ASSERT_TRUE(reading.wait());
  Shop last;
  made.checks += quick_check("last-page", "shop", last.url());
  write(made);
  agent.process().send_signal(SIGHUP);
  EXPECT_TRUE(wait_for([&] { return last.asked() > 0; })) << agent.process().output();
}

TEST_F(AgentTest, ARenamedComponentIsNamedAnewAndItsCheckKeepsItsVerdict) {
  auto made = config();
  RunningAgent agent(write(made), dir / "log");
  shop.break_it();
  ASSERT_TRUE(agent.wait_for_status("investigating"));
  made.components = "  - {id: shop, name: Boutique, group: Front}\n";
  write(made);
  ASSERT_EQ(agent.reload().status, 200);
  const auto text = http_get(agent.port(), "/metrics").body;
  EXPECT_NE(text.find("component_name=\"Boutique\",group=\"Front\""), std::string::npos);
  EXPECT_EQ(text.find("component_name=\"Shop\""), std::string::npos);
  EXPECT_EQ(agent.metric("vedette_check_verdict{check=\"shop-page\""), 2);
}

TEST_F(AgentTest, AnAddressThatWasChangedAndChangedBackNeedsNoRestart) {
  auto made = config();
  RunningAgent agent(write(made), dir / "log");
  const std::string warning = "takes effect at the next start only: agent.listen";
  made.listen = "127.0.0.1:1";
  write(made);
  ASSERT_EQ(agent.reload().status, 200);
  ASSERT_TRUE(agent.wait_for_log(warning));
  write(config());
  ASSERT_EQ(agent.reload().status, 200);
  const auto log = agent.process().output();
  EXPECT_EQ(log.find(warning), log.rfind(warning)) << log;
  EXPECT_EQ(http_get(agent.port(), "/").status, 200);
}

}  // namespace
}  // namespace vedette::test
