// SPDX-License-Identifier: Apache-2.0
// What the page tells of the past, through restarts; and the pages as files.
#include <csignal>

#include <gmock/gmock.h>

#include "tests/integration/agent/agent_fixture.h"
#include "tests/support/http_get.h"
#include "tests/support/http_text.h"
#include "tests/support/wait_for.h"
#include "tests_config/paths.h"

namespace vedette::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;
using uptime::Condition;

bool is_there(const std::filesystem::path& path) {
  return std::filesystem::exists(path);
}

struct PageTest : AgentTest {
  // The configuration, with the pages as files.
  std::filesystem::path write_exporting(const std::string& every) {
    auto text = config().text();
    const std::string shards = "  shards: 1\n";
    text.insert(text.find(shards),
                "  export: {directory: \"" + out.string() + "\", every: " + every + "}\n");
    return dir.write("vedette.yaml", text);
  }
  std::string first_page() const {
    return is_there(out / "index.html") ? read_text_file(out / "index.html") : "";
  }

  const std::filesystem::path out = dir / "www";
};

TEST_F(PageTest, TheTimeOfAnOutageOutlivesARestart) {
  const auto path = write(config());
  {
    RunningAgent agent(path, dir / "log1");
    ASSERT_TRUE(agent.wait_for_verdict("shop-page", 0));
    shop.break_it();
    ASSERT_TRUE(agent.wait_for_status("investigating")) << agent.process().output();
    agent.process().send_signal(SIGKILL);
  }
  {
    RunningAgent agent(path, dir / "log2");
    shop.heal();
    ASSERT_TRUE(agent.wait_for_status("resolved")) << agent.process().output();
    EXPECT_THAT(http_get(agent.port(), "/").body, HasSubstr("Major outage for"));
    EXPECT_THAT(http_get(agent.port(), "/components/shop").body, HasSubstr("HTTP from test"));
  }
  const auto history = read_store(dir / "vedette.db").histories.at("shop");
  std::vector<Condition> conditions;
  for (const auto& stretch : history.stretches) conditions.push_back(stretch.condition);
  EXPECT_THAT(conditions, testing::ElementsAre(Condition::unknown, Condition::operational,
                                               Condition::major_outage, Condition::operational));
}

TEST_F(PageTest, TheFilesFollowTheService) {
  RunningAgent agent(write_exporting("1s"), dir / "log");
  ASSERT_TRUE(wait_for([&] {
    return first_page().find("All systems are operational") != std::string::npos;
  })) << agent.process().output();
  for (const auto* path : {"api/v2/summary.json", "history.atom", "history/index.html", "404.html",
                           "components/shop/index.html", "badge/shop.svg", "assets/page.css"}) {
    EXPECT_TRUE(is_there(out / path)) << path;
  }
  shop.break_it();
  ASSERT_TRUE(wait_for([&] { return first_page().find("Major outage") != std::string::npos; }));
  const auto id = std::string(agent.incidents().front().at("id").as_string());
  EXPECT_TRUE(is_there(out / "incidents" / id / "index.html"));
  EXPECT_THAT(read_text_file(out / "api/v2/status.json"), HasSubstr("\"indicator\":\"critical\""));
}

TEST_F(PageTest, AnExportThatFailsIsToldOnceAndTriedAgain) {
  dir.write("www", "a file where the directory should be");
  RunningAgent agent(write_exporting("1s"), dir / "log");
  ASSERT_TRUE(agent.wait_for_log("export: cannot write")) << agent.process().output();
  std::filesystem::remove(out);
  EXPECT_TRUE(wait_for([&] { return !first_page().empty(); })) << agent.process().output();
  EXPECT_TRUE(agent.wait_for_log("export: the files are written again"));
}

TEST_F(PageTest, TheCommandWritesTheSameWhileAnAgentRunsAndWithoutOne) {
  const auto path = write(config());
  const auto export_now = [&] {
    Process process({.command = {VEDETTE_BINARY, "export", path.string(), "--out", out.string()},
                     .output = dir / "export"});
    EXPECT_EQ(process.wait(20s), 0) << process.output();
    return process.output();
  };
  {
    RunningAgent agent(path, dir / "log");
    ASSERT_TRUE(agent.wait_for_verdict("shop-page", 0));
    ASSERT_TRUE(wait_for([&] {
      return agent.get("/api/v2/components.json").at("components").as_array().size() == 1;
    }));
    export_now();
    EXPECT_THAT(first_page(), HasSubstr("All systems are operational"));
  }
  EXPECT_THAT(export_now(), HasSubstr("were as they should be"));
  EXPECT_THAT(first_page(), Not(HasSubstr("Waiting")));
}

TEST_F(PageTest, TheExportCommandSaysWhyItCannot) {
  const auto path = write(config());
  dir.write("www", "a file");
  Process process({.command = {VEDETTE_BINARY, "export", path.string(), "--out", out.string()},
                   .output = dir / "export"});
  EXPECT_EQ(process.wait(20s), 1);
  EXPECT_THAT(process.output(), HasSubstr("vedette: cannot write"));
}

}  // namespace
}  // namespace vedette::test
