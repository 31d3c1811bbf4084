// SPDX-License-Identifier: Apache-2.0
// An agent that lost its own sight, or stood still, opens nothing.
#include <atomic>
#include <csignal>
#include <thread>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/integration/agent/agent_fixture.h"
#include "tests/support/http_get.h"
#include "tests/support/wait_for.h"

namespace vedette::test {
namespace {

using testing::HasSubstr;

class BlindnessTest : public AgentTest {
 protected:
  std::filesystem::path with_controls(int needed = 1) {
    auto text = config().text();
    const auto place = text.find("components:");
    text.insert(place, fmt::format("  controls:\n"
                                   "    every: 1s\n"
                                   "    timeout: 500ms\n"
                                   "    needed: {}\n"
                                   "    targets:\n"
                                   "      - {{name: gateway, http: {{url: \"{}\"}}}}\n"
                                   "      - {{name: outside, http: {{url: \"{}\"}}}}\n",
                                   needed, gateway.url(), outside.url()));
    return dir.write("vedette.yaml", text);
  }

  Shop gateway, outside;
};

TEST_F(BlindnessTest, AnAgentThatCannotSeeOpensNothingUntilItSeesAgain) {
  RunningAgent agent(with_controls(), dir / "log");
  ASSERT_TRUE(agent.wait_for_verdict("shop-page", 0)) << agent.process().output();
  EXPECT_EQ(agent.metric("vedette_agent_blind"), 0);
  gateway.break_it();
  outside.break_it();
  shop.break_it();
  ASSERT_TRUE(agent.wait_for_verdict("shop-page", -1)) << agent.process().output();
  EXPECT_TRUE(wait_for([&] { return agent.metric("vedette_agent_blind") == 1; }));
  EXPECT_TRUE(agent.incidents().empty());
  EXPECT_THAT(http_get(agent.port(), "/-/ready").body, HasSubstr("the agent cannot see since"));
  const auto asked = shop.asked();
  ASSERT_TRUE(wait_for([&] { return shop.asked() > asked + 10; }));
  EXPECT_TRUE(agent.incidents().empty());
  gateway.heal();
  ASSERT_TRUE(agent.wait_for_status("investigating")) << agent.process().output();
  EXPECT_TRUE(wait_for([&] { return agent.metric("vedette_agent_blind") == 0; }));
  EXPECT_TRUE(agent.wait_for_log("the agent sees again"));
}

TEST_F(BlindnessTest, OneControlThatIsDownAloneDoesNotMatter) {
  RunningAgent agent(with_controls(), dir / "log");
  ASSERT_TRUE(agent.wait_for_verdict("shop-page", 0)) << agent.process().output();
  gateway.break_it();
  shop.break_it();
  ASSERT_TRUE(agent.wait_for_status("investigating")) << agent.process().output();
  EXPECT_TRUE(
      wait_for([&] { return agent.metric("vedette_agent_control_up{control=\"gateway\"}") == 0; }));
  EXPECT_EQ(agent.metric("vedette_agent_control_up{control=\"outside\"}"), 1);
}

TEST_F(BlindnessTest, AGatewayThatAnswersDoesNotProveThatTheLineBehindItDoes) {
  RunningAgent agent(with_controls(2), dir / "log");
  ASSERT_TRUE(agent.wait_for_verdict("shop-page", 0)) << agent.process().output();
  outside.break_it();
  shop.break_it();
  ASSERT_TRUE(agent.wait_for_verdict("shop-page", -1)) << agent.process().output();
  EXPECT_TRUE(agent.wait_for_log("1 of its 2 controls answer, 2 must; outside: "));
  EXPECT_TRUE(agent.incidents().empty());
}

TEST_F(BlindnessTest, ControlsThatAreTakenAwayByAReloadLeaveNothingBehind) {
  RunningAgent agent(with_controls(), dir / "log");
  ASSERT_TRUE(agent.wait_for_verdict("shop-page", 0)) << agent.process().output();
  gateway.break_it();
  outside.break_it();
  ASSERT_TRUE(wait_for([&] { return agent.metric("vedette_agent_blind") == 1; }));
  write(config());
  ASSERT_EQ(agent.reload().status, 200);
  EXPECT_TRUE(wait_for([&] { return agent.metric("vedette_agent_blind") == 0; }));
  shop.break_it();
  EXPECT_TRUE(agent.wait_for_status("investigating")) << agent.process().output();
}

// Answers at once, or not at all while it is stalled.
class StallingShop {
 public:
  StallingShop()
      : server_(http_script([this](const std::string&) {
          ++asked_;
          while (stalled_) std::this_thread::sleep_for(std::chrono::milliseconds(5));
          return http_answer("200 OK", "welcome");
        })) {}
  ~StallingShop() { stalled_ = false; }
  void stall(bool stalled) { stalled_ = stalled; }
  int asked() const { return asked_; }
  std::string url() const { return server_.url("/"); }

 private:
  std::atomic<bool> stalled_ = false;
  std::atomic<int> asked_ = 0;
  ScriptedServer server_;
};

TEST_F(BlindnessTest, AnAgentThatStoodStillDoesNotTakeThatForAnOutage) {
  StallingShop slow;
  auto settings = config();
  settings.checks = fmt::format(
      "  - name: shop-page\n    component: shop\n    every: 1s\n    timeout: 1s\n"
      "    detect: {{failures: 1, of: 1}}\n    http: {{url: \"{}\"}}\n",
      slow.url());
  RunningAgent agent(write(settings), dir / "log");
  ASSERT_TRUE(agent.wait_for_verdict("shop-page", 0)) << agent.process().output();
  slow.stall(true);
  const auto asked = slow.asked();
  ASSERT_TRUE(wait_for([&] { return slow.asked() > asked; }));
  agent.process().send_signal(SIGSTOP);
  std::this_thread::sleep_for(std::chrono::milliseconds(2'800));  // longer than a run may last
  agent.process().send_signal(SIGCONT);
  EXPECT_TRUE(wait_for(
      [&] { return http_get(agent.port(), "/metrics").body.contains("reason=\"agent_late\""); }));
  slow.stall(false);
  const auto later = slow.asked();
  ASSERT_TRUE(wait_for([&] { return slow.asked() > later + 1; }));
  EXPECT_TRUE(agent.incidents().empty()) << agent.process().output();
}

}  // namespace
}  // namespace vedette::test
