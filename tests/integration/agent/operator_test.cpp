// SPDX-License-Identifier: Apache-2.0
// People and their programs beside a running agent: what they do shows at once, holds, and outlives
// a killed agent.
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/integration/agent/agent_fixture.h"
#include "tests/support/http_get.h"
#include "tests/support/wait_for.h"
#include "tests_config/paths.h"

namespace vedette::test {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

HttpAnswer post(const RunningAgent& agent, const std::string& path, const std::string& body) {
  return http_request(agent.port(), "POST", path,
                      fmt::format("Authorization: Bearer {}\r\n", agent_token), body);
}

std::string newest_id(const RunningAgent& agent) {
  return std::string(agent.incidents().front().at("id").as_string());
}

// Runs the program as a person does, with the token in a file.
std::pair<int, std::string> command(const RunningAgent& agent, const TempDir& dir,
                                    std::vector<std::string> words) {
  const auto token = dir.write("token", std::string(agent_token) + "\n");
  std::vector<std::string> line{VEDETTE_BINARY};
  line.insert(line.end(), words.begin(), words.end());
  for (const auto& word : {std::string("--server"), fmt::format("127.0.0.1:{}", agent.port()),
                           std::string("--token-file"), token.string()})
    line.push_back(word);
  Process process({.command = line, .output = dir / "said"});
  const auto code = process.wait(std::chrono::seconds(20));
  return {code.value_or(-1), process.output()};
}

TEST_F(AgentTest, AChangeThatIsRecordedStandsInTheIncidentThatFollows) {
  RunningAgent agent(write(config()), dir / "log");
  ASSERT_TRUE(wait_for([&] { return shop.asked() > 2; }));
  const auto [code, said] =
      command(agent, dir, {"change", "record", "Deploy 42", "--component", "shop"});
  EXPECT_EQ(code, 0) << said;
  EXPECT_THAT(said, HasSubstr("Deploy 42"));
  shop.break_it();
  ASSERT_TRUE(agent.wait_for_status("investigating")) << agent.process().output();
  EXPECT_THAT(json::serialize(agent.incidents().front().at("incident_updates")),
              HasSubstr("Deploy 42"));
}

TEST_F(AgentTest, ExplainSaysWhyACheckIsDownRunByRun) {
  RunningAgent agent(write(config()), dir / "log");
  ASSERT_TRUE(wait_for([&] { return shop.asked() > 2; }));
  shop.break_it();
  ASSERT_TRUE(agent.wait_for_status("investigating")) << agent.process().output();
  const auto [code, said] = command(agent, dir, {"explain", "shop-page"});
  EXPECT_EQ(code, 0) << said;
  EXPECT_THAT(said, HasSubstr("shop-page is down since 20"));
  EXPECT_THAT(said, HasSubstr("incident " + newest_id(agent)));
  EXPECT_THAT(said, HasSubstr("make it down"));
  EXPECT_THAT(said, testing::ContainsRegex("x pass +-> up"));
  EXPECT_THAT(said, testing::ContainsRegex("x fail +-> down"));
  const auto [wrong, why] = command(agent, dir, {"explain", "shop-pag"});
  EXPECT_EQ(wrong, 1);
  EXPECT_THAT(why, HasSubstr("there is no check \"shop-pag\"; did you mean \"shop-page\"?"));
}

TEST_F(AgentTest, WhatAPersonResolvedIsOpenedAgainOnlyByANewFailure) {
  auto settings = config();
  settings.reopen_within = "1h";
  const auto path = write(settings);
  std::string id;
  {
    RunningAgent agent(path, dir / "log");
    shop.break_it();
    ASSERT_TRUE(agent.wait_for_status("investigating")) << agent.process().output();
    id = newest_id(agent);
    const auto [code, said] = command(agent, dir, {"incident", "resolve", id, "A false alarm."});
    EXPECT_EQ(code, 0) << said;
    ASSERT_TRUE(agent.wait_for_status("resolved"));
    agent.process().kill();
  }
  RunningAgent agent(path, dir / "log2");
  const auto asked = shop.asked();
  ASSERT_TRUE(wait_for([&] { return shop.asked() > asked + 10; }));
  EXPECT_EQ(agent.newest_status(), "resolved") << "it fails still, but a person knows";
  shop.heal();
  ASSERT_TRUE(agent.wait_for_verdict("shop-page", 0));
  shop.break_it();
  ASSERT_TRUE(agent.wait_for_status("investigating")) << "this is another failure";
  EXPECT_EQ(newest_id(agent), id);
}

TEST_F(AgentTest, CommandsThatCannotBeDoneSaySoAndFail) {
  RunningAgent agent(write(config()), dir / "log");
  const auto [code, said] = command(agent, dir, {"incident", "acknowledge", "nosuchid0000"});
  EXPECT_EQ(code, 1);
  EXPECT_THAT(said, HasSubstr("vedette: there is no incident nosuchid0000"));
  const auto [typo, told] =
      command(agent, dir, {"change", "record", "Deploy", "--component", "shp"});
  EXPECT_EQ(typo, 1);
  EXPECT_THAT(told, HasSubstr("names shp, which is not configured"));
  EXPECT_EQ(http_request(agent.port(), "POST", "/api/v1/changes", "", "{}").status, 401);
}

TEST_F(AgentTest, AMaintenanceSilencesItsComponentUntilItIsEnded) {
  RunningAgent agent(write(config()), dir / "log");
  ASSERT_TRUE(wait_for([&] { return shop.asked() > 2; }));
  const auto until = format_instant(wall_now() + std::chrono::hours(1));
  const auto made =
      post(agent, "/api/v1/maintenances",
           fmt::format(R"({{"title": "New disks", "components": "shop", "until": "{}"}})", until));
  ASSERT_EQ(made.status, 201) << made.body;
  const auto active = [&] {
    return json::serialize(agent.get("/api/v2/scheduled-maintenances/active.json"));
  };
  ASSERT_TRUE(wait_for([&] { return active().contains("New disks"); }));
  EXPECT_TRUE(wait_for([&] {
    return json::serialize(agent.get("/api/v2/components.json")).contains("under_maintenance");
  }));
  shop.break_it();
  ASSERT_TRUE(agent.wait_for_verdict("shop-page", 2));
  EXPECT_TRUE(agent.incidents().empty());
  const auto id = std::string(json::parse(made.body).at("id").as_string());
  EXPECT_EQ(post(agent, "/api/v1/maintenances/" + id + "/end", "").status, 200);
  ASSERT_TRUE(agent.wait_for_status("investigating")) << agent.process().output();
  EXPECT_THAT(json::serialize(agent.incidents().front().at("incident_updates")),
              HasSubstr("failing since the maintenance"));
}

}  // namespace
}  // namespace vedette::test
