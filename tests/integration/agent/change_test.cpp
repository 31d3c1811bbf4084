// SPDX-License-Identifier: Apache-2.0
// A running agent and what is done to the components it watches.
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/integration/agent/agent_fixture.h"
#include "tests/support/http_text.h"
#include "tests/support/scripted_server.h"
#include "tests/support/wait_for.h"

namespace vedette::test {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::Not;

HttpAnswer record_change(const RunningAgent& agent, const std::string& component) {
  return http_request(agent.port(), "POST", "/api/v1/changes",
                      fmt::format("Authorization: Bearer {}\r\n", agent_token),
                      fmt::format(R"({{"text": "Deploy 42", "components": ["{}"]}})", component));
}

// Its regular runs are so rare that none of them falls into a test.
std::string rare_check(const std::string& name, const std::string& component,
                       const std::string& url, const std::string& more = "") {
  return fmt::format(
      "  - name: {}\n    component: {}\n    every: 24h\n    timeout: 1s\n{}"
      "    http: {{url: \"{}\"}}\n",
      name, component, more, url);
}

TEST_F(AgentTest, AfterAChangeTheChecksOfTheComponentAndOfItsDependentsRunAtOnceAndAtTheirPace) {
  Shop front, mail;
  auto settings = config();
  settings.components =
      "  - {id: shop, name: Shop}\n  - {id: front, name: Front, depends_on: [shop]}\n"
      "  - {id: mail, name: Mail}\n";
  const std::string pace = "    after_change: {every: 1s, for: 1h}\n";
  settings.checks = rare_check("shop-page", "shop", shop.url(), pace) +
                    rare_check("front-page", "front", front.url(), pace) +
                    rare_check("mail-page", "mail", mail.url(), pace);
  RunningAgent agent(write(settings), dir / "log");
  ASSERT_EQ(shop.asked() + front.asked() + mail.asked(), 0);
  ASSERT_EQ(record_change(agent, "shop").status, 201);
  EXPECT_TRUE(wait_for([&] { return shop.asked() >= 3 && front.asked() >= 3; }))
      << agent.process().output();
  EXPECT_EQ(mail.asked(), 0) << "nothing was done to it";
}

TEST_F(AgentTest, ACheckThatSaysSoIsLeftAloneAfterAChange) {
  Shop other;
  auto settings = config();
  settings.checks =
      rare_check("quiet", "shop", other.url(), "    after_change: none\n") +
      rare_check("watchful", "shop", shop.url(), "    after_change: {every: 1s, for: 1h}\n");
  RunningAgent agent(write(settings), dir / "log");
  ASSERT_EQ(record_change(agent, "shop").status, 201);
  EXPECT_TRUE(wait_for([&] { return shop.asked() >= 3; })) << agent.process().output();
  EXPECT_EQ(other.asked(), 0);
}

std::string changes(const RunningAgent& agent) {
  return http_request(agent.port(), "GET", "/api/v1/changes",
                      fmt::format("Authorization: Bearer {}\r\n", agent_token))
      .body;
}

struct ObservedTest : AgentTest {
  ConfigText watching() {
    auto settings = config();
    settings.checks =
        "  - name: shop-page\n    component: shop\n    every: 100ms\n"
        "    timeout: 100ms\n    watch_for_changes: [body]\n"
        "    detect: {confirm_after: 20ms}\n    http: {url: \"" +
        shop.url() + "\"}\n";
    return settings;
  }
};

TEST_F(ObservedTest, WhatACheckSeesToBeOtherwiseIsNamedInTheIncidentThatFollows) {
  RunningAgent agent(write(watching()), dir / "log");
  ASSERT_TRUE(wait_for([&] { return shop.asked() > 2; }));
  EXPECT_THAT(changes(agent), Not(HasSubstr("changed"))) << "the first look is no change";
  shop.redecorate();
  ASSERT_TRUE(wait_for([&] { return changes(agent).contains("the body changed"); }))
      << agent.process().output();
  EXPECT_THAT(changes(agent), HasSubstr("check shop-page in test"));
  shop.break_it();
  ASSERT_TRUE(agent.wait_for_status("investigating")) << agent.process().output();
  const auto told = json::serialize(agent.incidents().front().at("incident_updates"));
  EXPECT_THAT(told, HasSubstr("A change was observed"));
  EXPECT_THAT(told, Not(HasSubstr("the body changed"))) << "that is for engineers";
  EXPECT_EQ(agent.process().terminate(), 0);
  const auto kept = read_store(dir / "vedette.db");
  std::string internal;
  for (const auto& update : kept.incidents.front().updates) internal += update.text;
  EXPECT_THAT(internal, HasSubstr("\"the body changed\" of shop, observed by check shop-page"));
  EXPECT_THAT(internal, testing::ContainsRegex("before: 18 bytes .*\n *after: 18 bytes"));
}

TEST_F(ObservedTest, WhatChangedWhileTheAgentWasDownIsSeenAfterItsStart) {
  const auto path = write(watching());
  {
    RunningAgent agent(path, dir / "log");
    ASSERT_TRUE(wait_for([&] { return shop.asked() > 2; }));
    EXPECT_EQ(agent.process().terminate(), 0);
  }
  shop.redecorate();
  RunningAgent agent(path, dir / "log2");
  EXPECT_TRUE(wait_for([&] { return changes(agent).contains("the body changed"); }))
      << agent.process().output();
}

TEST_F(ObservedTest, ASecretThatTheServerEchoesIsNotInWhatIsToldOfTheChange) {
  std::atomic<int> edition = 1;
  const ScriptedServer echo{http_script([&](const std::string& request) {
    const auto key = request.find("hidden-") == std::string::npos ? "none" : "hidden-key-of-ours";
    return http_answer("200 OK",
                       fmt::format(R"({{"seen": "edition {}, {}"}})", edition.load(), key));
  })};
  auto settings = config();
  settings.checks =
      "  - name: echo\n    component: shop\n    every: 100ms\n    timeout: 100ms\n"
      "    watch_for_changes: [{json: $.seen}]\n    http: {url: \"" +
      echo.url("/") + "\", auth: {bearer: hidden-key-of-ours}}\n";
  RunningAgent agent(write(settings), dir / "log");
  ASSERT_TRUE(agent.wait_for_verdict("echo", 0)) << agent.process().output();
  edition = 2;
  ASSERT_TRUE(wait_for([&] { return changes(agent).contains("edition 2"); }))
      << agent.process().output();
  EXPECT_THAT(changes(agent), Not(HasSubstr("hidden-key")));
  EXPECT_THAT(agent.process().output(), Not(HasSubstr("hidden-key")));
}

HttpAnswer call(const RunningAgent& agent, const std::string& receiver, const std::string& secret,
                const std::string& body) {
  return http_request(agent.port(), "POST", "/hooks/changes/" + receiver,
                      fmt::format("X-Ci-Token: {}\r\n", secret), body);
}

TEST_F(AgentTest, ACiTellsInItsOwnWordsWhatItDidAndTheChecksLookAtOnce) {
  auto settings = config();
  settings.checks = rare_check("shop-page", "shop", shop.url());
  settings.components += R"(change_receivers:
  - name: ci
    header: {name: X-Ci-Token, value: correct-horse-battery}
    components: [shop]
    when: {json: {$.state: done}}
    capture: {release: $.release}
    text: "Release ${release}"
)";
  RunningAgent agent(write(settings), dir / "log");
  const std::string secret = "correct-horse-battery";
  const auto* done = R"({"state": "done", "release": "4.2"})";
  EXPECT_EQ(call(agent, "ci", "guessed-horse-battery", done).status, 401);
  EXPECT_EQ(call(agent, "cd", secret, done).status, 404);
  EXPECT_EQ(call(agent, "ci", secret, R"({"state": "done"})").status, 422);
  const auto begun = call(agent, "ci", secret, R"({"state": "begun", "release": "4.2"})");
  EXPECT_EQ(begun.status, 200);
  EXPECT_THAT(begun.body, HasSubstr("\"recorded\":false"));
  EXPECT_THAT(changes(agent), Not(HasSubstr("Release")));
  EXPECT_EQ(shop.asked(), 0);

  EXPECT_EQ(call(agent, "ci", secret, done).status, 201);
  EXPECT_TRUE(wait_for([&] { return shop.asked() > 0; })) << agent.process().output();
  EXPECT_EQ(call(agent, "ci", secret, done).status, 200) << "its answer was lost, say";
  const auto listed = json::parse(changes(agent)).at("changes").as_array();
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed[0].at("text").as_string(), "Release 4.2");
  EXPECT_EQ(listed[0].at("author").as_string(), "ci");
  EXPECT_THAT(agent.process().output(), Not(HasSubstr(secret)));
}

}  // namespace
}  // namespace vedette::test
