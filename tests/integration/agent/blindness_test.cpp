// SPDX-License-Identifier: Apache-2.0
// An agent that lost its own sight, or stood still, opens nothing.
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
  std::filesystem::path with_controls() {
    auto text = config().text();
    const auto place = text.find("components:");
    text.insert(place, fmt::format("  controls:\n"
                                   "    every: 1s\n"
                                   "    timeout: 500ms\n"
                                   "    targets:\n"
                                   "      - {{name: gateway, http: {{url: \"{}\"}}}}\n"
                                   "      - {{name: outside, http: {{url: \"{}\"}}}}\n",
                                   gateway.url(), outside.url()));
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

TEST_F(BlindnessTest, AnAgentThatStoodStillDoesNotTakeThatForAnOutage) {
  RunningAgent agent(write(config()), dir / "log");
  ASSERT_TRUE(agent.wait_for_verdict("shop-page", 0)) << agent.process().output();
  for (int i = 0; i < 3; ++i) {
    agent.process().send_signal(SIGSTOP);
    std::this_thread::sleep_for(std::chrono::milliseconds(1'700));  // longer than a run may last
    agent.process().send_signal(SIGCONT);
    const auto asked = shop.asked();
    ASSERT_TRUE(wait_for([&] { return shop.asked() > asked + 3; }));
  }
  EXPECT_TRUE(agent.incidents().empty()) << agent.process().output();
}

}  // namespace
}  // namespace vedette::test
