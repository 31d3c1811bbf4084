// SPDX-License-Identifier: Apache-2.0
// The demo as `./dev run` starts it: the shop, its switches, and the agent that watches it.
#include <csignal>
#include <regex>
#include <set>

#include <gtest/gtest.h>

#include "tests/integration/agent/agent_fixture.h"
#include "tests/integration/agent/running_demo.h"
#include "tests/support/wait_for.h"
#include "tests_config/paths.h"

namespace vedette::test {
namespace {

using namespace std::chrono_literals;

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  return std::regex_replace(text, std::regex(from), to);
}

struct Demo : testing::Test {
  // The example as it is, but for the places where it listens, keeps and looks.
  std::filesystem::path config(std::uint16_t port) {
    auto text = read_text_file(VEDETTE_SOURCE_DIR "/config/examples/demo.yaml");
    text = replaced(text, "127\\.0\\.0\\.1:9876", "127.0.0.1:0");
    text = replaced(text, "127\\.0\\.0\\.1:9877", "127.0.0.1:" + std::to_string(port));
    text = replaced(text, "sqlite:[^ \n]*", "sqlite:" + (dir / "demo.db").string());
    return dir.write("demo.yaml", text);
  }

  TempDir dir;
  RunningDemo shop{dir / "shop"};
};

TEST_F(Demo, SwitchingAPartOffOpensAnIncidentWithinTenSecondsAndSwitchingItOnEndsIt) {
  RunningAgent agent(config(shop.port()), dir / "log");
  ASSERT_TRUE(wait_for([&] { return agent.metric("probe_success{check=\"card-payment\"") == 1; }));
  EXPECT_TRUE(agent.incidents().empty());

  const auto switched = Steady::now();
  shop.turn("payments", "off");
  ASSERT_TRUE(agent.wait_for_status("investigating")) << agent.process().output();
  EXPECT_LT(Steady::now() - switched, 10s);
  const auto names = [&] {
    std::set<std::string> out;
    const auto incident = agent.incidents().front();
    for (const auto& component : incident.at("components").as_array())
      out.emplace(component.at("name").as_string());
    return out;
  };
  EXPECT_TRUE(wait_for([&] {
    return names() == std::set<std::string>{"Card Payments", "Payment API"};
  }));

  shop.turn("payments", "on");
  ASSERT_TRUE(agent.wait_for_status("monitoring")) << agent.process().output();
  EXPECT_TRUE(agent.wait_for_status("resolved")) << agent.process().output();
  EXPECT_EQ(agent.incidents().size(), 1U);
}

TEST_F(Demo, ASlowPartIsDegradedAndNotAnOutage) {
  RunningAgent agent(config(shop.port()), dir / "log");
  ASSERT_TRUE(
      wait_for([&] { return agent.metric("probe_success{check=\"storefront-page\"") == 1; }));
  shop.turn("storefront", "slow");
  ASSERT_TRUE(agent.wait_for_status("investigating")) << agent.process().output();
  EXPECT_EQ(agent.incidents().front().at("impact").as_string(), "minor");
}

TEST_F(Demo, TheShopEndsOnSigterm) {
  shop.process().send_signal(SIGTERM);
  EXPECT_EQ(shop.process().wait(5s), 0);
}

}  // namespace
}  // namespace vedette::test
