// SPDX-License-Identifier: Apache-2.0
// The demo as `./dev run` starts it: the shop, its switches, and the agent that watches it.
#include <csignal>
#include <regex>

#include <gtest/gtest.h>

#include "tests/integration/agent/agent_fixture.h"
#include "tests/support/http_get.h"
#include "tests/support/wait_for.h"
#include "tests_config/paths.h"

namespace vedette::test {
namespace {

using namespace std::chrono_literals;

std::uint16_t shop_port(Process& shop) {
  static const std::regex line("The shop is open: +http://127.0.0.1:([0-9]+)/");
  std::smatch match;
  std::string words;
  wait_for([&] {
    words = shop.output();
    return std::regex_search(words, match, line);
  });
  return match.empty() ? std::uint16_t{0} : static_cast<std::uint16_t>(std::stoi(match[1]));
}

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
  Process shop{
      {.command = {VEDETTE_BINARY, "demo", "--listen", "127.0.0.1:0"}, .output = dir / "shop"}};
};

TEST_F(Demo, SwitchingAPartOffOpensAnIncidentWithinTenSecondsAndSwitchingItOnEndsIt) {
  const auto port = shop_port(shop);
  ASSERT_NE(port, 0);
  RunningAgent agent(config(port), dir / "log");
  ASSERT_TRUE(wait_for([&] { return agent.metric("probe_success{check=\"visa-payment\"") == 1; }));
  EXPECT_TRUE(agent.incidents().empty());

  const auto switched = Steady::now();
  ASSERT_EQ(http_request(port, "POST", "/switches/payments/off").status, 200);
  ASSERT_TRUE(agent.wait_for_status("investigating")) << agent.process().output();
  EXPECT_LT(Steady::now() - switched, 10s);
  const auto incident = agent.incidents().front();
  EXPECT_EQ(incident.at("components").at(0).at("name").as_string(), "Card Payments");

  ASSERT_EQ(http_request(port, "POST", "/switches/payments/on").status, 200);
  ASSERT_TRUE(agent.wait_for_status("monitoring")) << agent.process().output();
  EXPECT_TRUE(agent.wait_for_status("resolved")) << agent.process().output();
  EXPECT_EQ(agent.incidents().size(), 1U);
}

TEST_F(Demo, ASlowPartIsDegradedAndNotAnOutage) {
  const auto port = shop_port(shop);
  ASSERT_NE(port, 0);
  RunningAgent agent(config(port), dir / "log");
  ASSERT_TRUE(
      wait_for([&] { return agent.metric("probe_success{check=\"storefront-page\"") == 1; }));
  ASSERT_EQ(http_request(port, "POST", "/switches/storefront/slow").status, 200);
  ASSERT_TRUE(agent.wait_for_status("investigating")) << agent.process().output();
  EXPECT_EQ(agent.incidents().front().at("impact").as_string(), "minor");
}

TEST_F(Demo, TheShopEndsOnSigterm) {
  ASSERT_NE(shop_port(shop), 0);
  shop.send_signal(SIGTERM);
  EXPECT_EQ(shop.wait(5s), 0);
}

}  // namespace
}  // namespace vedette::test
