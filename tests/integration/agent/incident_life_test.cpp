// SPDX-License-Identifier: Apache-2.0
// From a broken shop to an incident that opens, recovers and resolves itself; through reloads,
// restarts and the end.
#include <csignal>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "agent/store/sqlite_store.h"
#include "tests/integration/agent/agent_fixture.h"
#include "tests/support/http_get.h"
#include "tests/support/wait_for.h"

namespace vedette::test {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

TEST_F(AgentTest, AnOutageOpensAnIncidentThatResolvesItselfAfterTheRecovery) {
  RunningAgent agent(write(config()), dir / "log");
  ASSERT_TRUE(wait_for([&] { return shop.asked() > 2; }));
  EXPECT_TRUE(agent.incidents().empty());
  const auto broken_at = format_instant(wall_now());
  shop.break_it();
  ASSERT_TRUE(agent.wait_for_status("investigating")) << agent.process().output();
  const auto incident = agent.incidents().front();
  EXPECT_GE(incident.at("started_at").as_string(), broken_at);
  EXPECT_EQ(incident.at("impact").as_string(), "critical");
  EXPECT_EQ(incident.at("components").at(0).at("name").as_string(), "Shop");
  EXPECT_EQ(agent.get("/api/v2/incidents/unresolved.json").at("incidents").as_array().size(), 1U);
  EXPECT_NE(http_get(agent.port(), "/").body.find("Shop"), std::string::npos);
  shop.heal();
  ASSERT_TRUE(agent.wait_for_status("resolved")) << agent.process().output();
  const auto resolved = agent.incidents().front();
  EXPECT_EQ(resolved.at("id"), incident.at("id"));
  EXPECT_FALSE(resolved.at("monitoring_at").is_null());
  EXPECT_FALSE(resolved.at("resolved_at").is_null());
  EXPECT_TRUE(agent.get("/api/v2/incidents/unresolved.json").at("incidents").as_array().empty());
}

TEST_F(AgentTest, AnIncidentIsFoundInTheStoreWhenThePageDoesNotHoldIt) {
  const auto path = write(config());
  { RunningAgent agent(path, dir / "log1"); }
  auto opened = store::open_sqlite((dir / "vedette.db").string());
  ASSERT_TRUE(opened) << opened.error().message;
  const auto old = [](int number) {
    incident::Incident made;
    made.id = fmt::format("old{:09}", number);
    made.group = "shop";
    made.title = "An old outage";
    made.status = incident::Status::resolved;
    made.opened = made.detected = made.impact_began = Instant(Duration(1'000'000'000 + number));
    made.mitigated = made.resolved = made.opened;
    incident::Update over;
    over.sequence = 1;
    over.at = made.opened;
    over.status = incident::Status::resolved;
    over.text = "It is over.";
    made.updates.push_back(over);
    return made;
  };
  for (int i = 0; i < 60; ++i) {
    const auto decide = [&](const incident::Situation&) { return std::optional(old(i)); };
    ASSERT_TRUE((*opened)->reconcile({"shop", {}}, {}, decide, old(i).opened));
  }
  opened->reset();
  RunningAgent agent(path, dir / "log2");
  EXPECT_EQ(agent.incidents().size(), 50U);
  EXPECT_EQ(http_get(agent.port(), "/incidents/old000000000").status, 200);
  EXPECT_EQ(http_get(agent.port(), "/incidents/old999999999").status, 404);
}

TEST_F(AgentTest, MetricsTellTheOutageWithItsReason) {
  RunningAgent agent(write(config()), dir / "log");
  shop.break_it();
  ASSERT_TRUE(agent.wait_for_status("investigating"));
  EXPECT_EQ(agent.metric("probe_success{check=\"shop-page\""), 0);
  EXPECT_EQ(agent.metric("probe_http_status_code{check=\"shop-page\""), 503);
  EXPECT_EQ(agent.metric("vedette_check_verdict{check=\"shop-page\""), 2);
  EXPECT_EQ(agent.metric("vedette_incident_open{impact=\"critical\""), 1);
  EXPECT_NE(http_get(agent.port(), "/metrics").body.find("reason=\"expectation_failed\""),
            std::string::npos);
}

TEST_F(AgentTest, MetricsTellWhyAnIncidentBeganAlsoAfterARestart) {
  const auto path = write(config());
  const auto why = [](const RunningAgent& agent) {
    const auto id = std::string(agent.incidents().front().at("id").as_string());
    return agent.metric("vedette_incident_component_info{incident=\"" + id +
                        "\",component=\"shop\",reason=\"expectation_failed\"}");
  };
  {
    RunningAgent agent(path, dir / "log1");
    shop.break_it();
    ASSERT_TRUE(agent.wait_for_status("investigating"));
    EXPECT_EQ(why(agent), 1);
    agent.process().kill();
  }
  RunningAgent agent(path, dir / "log2");
  EXPECT_EQ(why(agent), 1);
}

TEST_F(AgentTest, ARestartGoesOnWithTheSameIncident) {
  const auto path = write(config());
  std::string id;
  {
    RunningAgent agent(path, dir / "log1");
    shop.break_it();
    ASSERT_TRUE(agent.wait_for_status("investigating"));
    id = agent.incidents().front().at("id").as_string();
    agent.process().kill();
  }
  RunningAgent agent(path, dir / "log2");
  ASSERT_EQ(agent.newest_status(), "investigating")
      << "it is on the page before the first check ran";
  shop.heal();
  ASSERT_TRUE(agent.wait_for_status("resolved"));
  EXPECT_EQ(agent.incidents().size(), 1U);
  EXPECT_EQ(agent.incidents().front().at("id").as_string(), id);
}

TEST_F(AgentTest, AnOutageThatEndedWhileTheAgentWasDownIsResolvedAfterTheStart) {
  const auto path = write(config());
  {
    RunningAgent agent(path, dir / "log1");
    shop.break_it();
    ASSERT_TRUE(agent.wait_for_status("investigating"));
    ASSERT_EQ(agent.process().terminate(), 0);
  }
  shop.heal();
  RunningAgent agent(path, dir / "log2");
  EXPECT_TRUE(agent.wait_for_status("resolved"));
  EXPECT_EQ(agent.incidents().size(), 1U);
}

TEST_F(AgentTest, SigtermEndsItWithinFiveSecondsAlsoWhileTargetsStall) {
  ScriptedServer stalling(Script().stall());
  auto made = config();
  made.checks += "  - {name: slow, component: shop, every: 1m, timeout: 1m, http: {url: \"" +
                 stalling.url() + "\"}}\n";
  made.checks += "  - {name: slow2, component: shop, every: 1m, timeout: 1m, http: {url: \"" +
                 stalling.url() + "\"}}\n";
  RunningAgent agent(write(made), dir / "log");
  agent.process().send_signal(SIGTERM);
  EXPECT_EQ(agent.process().wait(5s), 0) << agent.process().output();
}

// The end comes right after the verdict: what the shard has just found is written before the
// process is gone.
TEST_F(AgentTest, SigtermRightAfterAnOutageBeganLosesNothing) {
  const auto path = write(config());
  for (int round = 0; round < 5; ++round) {
    shop.heal();
    RunningAgent agent(path, dir / fmt::format("log-{}", round));
    ASSERT_TRUE(agent.wait_for_verdict("shop-page", 0));
    shop.break_it();
    ASSERT_TRUE(agent.wait_for_log("verdict=down"));
    ASSERT_EQ(agent.process().terminate(), 0);
    const auto kept = read_store(dir / "vedette.db");
    ASSERT_FALSE(kept.incidents.empty());
    EXPECT_EQ(kept.components.front().status, incident::ComponentStatus::major_outage);
    EXPECT_TRUE(kept.incidents.front().is_open());
  }
}

TEST_F(AgentTest, AThousandSlowClientsStopNeitherThePageNorTheProbes) {
  RunningAgent agent(write(config()), dir / "log");
  std::vector<Descriptor> slow;
  for (int i = 0; i < 1000; ++i) slow.push_back(half_a_request(agent.port()));
  const int asked = shop.asked();
  for (int i = 0; i < 5; ++i) EXPECT_EQ(http_get(agent.port(), "/").status, 200);
  EXPECT_TRUE(wait_for([&] { return shop.asked() > asked + 5; }));
  shop.break_it();
  EXPECT_TRUE(agent.wait_for_status("investigating"));
}

TEST_F(AgentTest, NoSecretReachesLogPageMetricsOrStore) {
  auto made = config();
  dir.write("page.secret", "s3cr3t-password-of-the-shop\n");
  made.checks +=
      "  - {name: with-secret, component: shop, every: 100ms, timeout: 100ms, detect: "
      "{confirm_after: 20ms}, http: {url: \"" +
      shop.url() + "\", auth: {basic: {user: me, password: {file: page.secret}}}}}\n";
  RunningAgent agent(write(made), dir / "log");
  shop.break_it();
  ASSERT_TRUE(agent.wait_for_status("investigating"));
  std::string seen = agent.process().output();
  for (const auto* path : {"/", "/metrics", "/-/ready", "/api/v2/summary.json"})
    seen += http_get(agent.port(), path).body;
  agent.process().terminate();
  for (const auto& entry : std::filesystem::directory_iterator(dir.path())) {
    if (entry.path().filename().string().starts_with("vedette.db"))
      seen += read_text_file(entry.path());
  }
  EXPECT_NE(seen.find("with-secret"), std::string::npos);
  EXPECT_EQ(seen.find("s3cr3t-password"), std::string::npos);
  EXPECT_EQ(seen.find("bWU6czNjcjN0"), std::string::npos) << "nor its base64 form";
}

}  // namespace
}  // namespace vedette::test
