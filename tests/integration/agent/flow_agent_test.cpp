// SPDX-License-Identifier: Apache-2.0
// Flows in the running agent: incidents, limits through restarts, clean-up that fails, shutdown,
// and kill -9 at any instant.
#include <random>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/integration/agent/flow_fixture.h"
#include "tests/support/wait_for.h"

namespace vedette::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr const char* pending =
    R"(vedette_flow_cleanup_pending{check="payment cleanup",component="payment cleanup",region="test",probe="flow"})";

TEST_F(FlowTest, AnOutageOfOneVariantNamesTheStepAndForWhom) {
  // Time enough for a busy machine: a payment that is late is an outage too, of another step.
  RunningAgent agent(
      agent_config(quick_payment("variants: [{card: visa}, {card: mastercard}]", "${card}", "1s")),
      dir / "log");
  ASSERT_TRUE(wait_for([&] { return count("refunded") > 1; }));
  demo.turn("mastercard", "no-capture");
  ASSERT_TRUE(agent.wait_for_status("investigating"));
  const auto words = std::string(
      agent.incidents()[0].at("incident_updates").as_array().back().at("body").as_string());
  EXPECT_THAT(words, HasSubstr("the step \"capture\" does not work. It fails for mastercard, but "
                               "not for visa."));
  EXPECT_EQ(agent.incidents()[0].at("impact").as_string(), "major");
  demo.turn("mastercard", "on");
  EXPECT_TRUE(agent.wait_for_status("resolved"));
}

TEST_F(FlowTest, LimitsHoldThroughARestartAndGiveUnknown) {
  const auto config = agent_config(quick_payment("limits: {runs_per_hour: 3}"));
  {
    RunningAgent agent(config, dir / "log-1");
    EXPECT_TRUE(wait_for([&] {
      return agent
                 .metric(
                     R"(vedette_check_results_total{check="payment",component="shop",region="test",probe="flow",outcome="unknown",reason="limit_reached"})")
                 .value_or(0) > 0;
    }));
    agent.process().terminate();
  }
  const auto payments = demo.ledger().at("payments_in_all").to_number<int>();
  EXPECT_EQ(payments, 3);
  RunningAgent agent(config, dir / "log-2");
  EXPECT_TRUE(wait_for([&] {
    return agent
               .metric(
                   R"(vedette_check_results_total{check="payment",component="shop",region="test",probe="flow",outcome="unknown",reason="limit_reached"})")
               .value_or(0) > 2;
  }));
  EXPECT_EQ(demo.ledger().at("payments_in_all").to_number<int>(), 3);
}

TEST_F(FlowTest, ACleanupThatDoesNotWorkIsToldToEngineersOnlyAndEndsWhenItWorks) {
  demo.turn("cancel", "off");
  demo.turn("capture", "off");
  RunningAgent agent(agent_config(quick_payment("cleanup_attempts: 1\n      cleanup_within: 5s")),
                     dir / "log");
  ASSERT_TRUE(
      agent.wait_for_log("a test payment of 1.00 EUR could not be undone after 1 attempts"));
  EXPECT_GT(agent.metric(pending).value_or(0), 0);
  for (const auto& incident : agent.incidents())
    EXPECT_THAT(std::string(incident.at("name").as_string()), testing::Not(HasSubstr("Test")));
  demo.turn("cancel", "on");
  demo.turn("capture", "on");
  EXPECT_TRUE(wait_for([&] { return agent.metric(pending) == 0; }, 60s));
  agent.process().terminate();
  agent.process().wait(20s);
  expect_clean_ledger();
}

TEST_F(FlowTest, AnAgentThatIsToldToEndCleansUpFirst) {
  for (int i = 0; i < 5; ++i) {
    RunningAgent agent(agent_config(quick_payment()), dir / fmt::format("log-{}", i));
    ASSERT_TRUE(wait_for([&] { return count("refunded") > i; }));
    agent.process().terminate();
    ASSERT_EQ(agent.process().wait(20s), 0);
    expect_clean_ledger();
  }
}

TEST_F(FlowTest, AReloadInTheMiddleOfARunLeavesNothingBehind) {
  const auto slow = [&](const std::string& note) {
    auto text = quick_payment();
    return text.insert(text.find("        - name: capture"),
                       fmt::format("        - {{name: wait {}, pause: 60ms}}\n", note));
  };
  const auto config = agent_config(slow("one"));
  RunningAgent agent(config, dir / "log");
  for (int i = 0; i < 10; ++i) {
    ASSERT_TRUE(wait_for([&] { return count("open_authorisations") == 1; }));
    agent_config(slow(std::to_string(i)));
    ASSERT_EQ(agent.reload().status, 200);
  }
  ASSERT_TRUE(wait_for([&] { return agent.metric(pending) == 0; }, 30s));
  agent.process().terminate();
  ASSERT_EQ(agent.process().wait(20s), 0);
  expect_clean_ledger();
}

// Four of them make two hundred kills.
class KilledFlow : public FlowTest, public testing::WithParamInterface<int> {};

TEST_P(KilledFlow, LeavesNoPaymentOpenAndRefundsNoneTwice) {
  constexpr int kills = 50;
  const auto config = agent_config(quick_payment());
  const auto seed = std::random_device{}() + static_cast<unsigned>(GetParam());
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  std::uniform_int_distribution<int> life(100, 700);
  for (int i = 0; i < kills; ++i) {
    RunningAgent agent(config, dir / fmt::format("log-{}", i));
    std::this_thread::sleep_for(std::chrono::milliseconds(life(random)));
    agent.process().kill();
  }
  EXPECT_GT(demo.ledger().at("payments_in_all").to_number<int>(), kills / 2)
      << "payments must have been under way for this test to mean anything";
  RunningAgent agent(config, dir / "log-after");
  ASSERT_TRUE(wait_for([&] { return agent.metric(pending) == 0; }, 60s));
  agent.process().terminate();
  ASSERT_EQ(agent.process().wait(20s), 0);
  expect_clean_ledger();
}

INSTANTIATE_TEST_SUITE_P(FiftyTimes, KilledFlow, testing::Range(0, 4));

}  // namespace
}  // namespace vedette::test
