// SPDX-License-Identifier: Apache-2.0
// The program as its user meets it: words in, words and an exit code out.
#include <algorithm>

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include "tests/support/http_text.h"
#include "tests/support/process.h"
#include "tests/support/scripted_server.h"
#include "tests/support/temp_dir.h"
#include "tests_config/paths.h"

namespace vedette::test {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

struct Said {
  int exit_code = -1;
  std::string words;
};

struct CommandLine : testing::Test {
  Said vedette(std::vector<std::string> words) {
    words.insert(words.begin(), VEDETTE_BINARY);
    Process process({.command = words, .output = dir / "output"});
    const auto code = process.wait(30s);
    return {code.value_or(-1), process.output()};
  }
  std::string config(const std::string& expect) {
    return dir
        .write("vedette.yaml",
               "agent: {region: eu-west}\ncomponents:\n  - {id: shop, name: Shop}\nchecks:\n"
               "  - name: shop-page\n    component: shop\n    http:\n      url: " +
                   server.url() + "\n      expect: " + expect + "\n")
        .string();
  }

  TempDir dir;
  ScriptedServer server{
      http_script([](const std::string&) { return http_answer("200 OK", "welcome"); })};
};

TEST_F(CommandLine, ValidateAcceptsAGoodConfiguration) {
  const auto said = vedette({"validate", config("{status: 200}")});
  EXPECT_EQ(said.exit_code, 0);
  EXPECT_NE(said.words.find("1 checks"), std::string::npos) << said.words;
}

TEST_F(CommandLine, ValidateTellsEveryProblemWithItsPlaceAndExitsWithTwo) {
  const auto path = dir.write(
      "bad.yaml",
      "agent: {regoin: eu}\ncomponents:\n  - {id: shop, name: Shop}\nchecks:\n"
      "  - {name: a, component: shpo, http: {url: \"http://x/\"}}\n"
      "  - {name: b, component: shop, every: 1s, timeout: 5s, http: {url: \"http://x/\"}}\n");
  const auto said = vedette({"validate", path.string()});
  EXPECT_EQ(said.exit_code, 2);
  EXPECT_NE(said.words.find("bad.yaml:1:9: "), std::string::npos) << said.words;
  EXPECT_NE(said.words.find("did you mean \"region\""), std::string::npos) << said.words;
  EXPECT_NE(said.words.find("bad.yaml:5:"), std::string::npos) << said.words;
  EXPECT_NE(said.words.find("bad.yaml:6:"), std::string::npos) << said.words;
}

TEST_F(CommandLine, RunStartsNothingWithABadConfiguration) {
  const auto database = dir / "vedette.db";
  const auto path =
      dir.write("bad.yaml", "agent: {store: \"sqlite:" + database.string() + "\", x: 1}\n");
  const auto said = vedette({"run", path.string()});
  EXPECT_EQ(said.exit_code, 2);
  EXPECT_FALSE(std::filesystem::exists(database));
  EXPECT_EQ(said.words.find("listening"), std::string::npos);
}

TEST_F(CommandLine, CheckShowsPhasesAndEvidenceAndPasses) {
  const auto said = vedette({"check", config("{status: 200, body: {contains: welcome}}")});
  EXPECT_EQ(said.exit_code, 0) << said.words;
  for (const auto* word : {"shop-page", "pass", "connect", "processing", "status was 200"}) {
    EXPECT_NE(said.words.find(word), std::string::npos) << word << " in\n" << said.words;
  }
}

TEST_F(CommandLine, CheckExitsWithOneAndSaysWhyWhenSomethingFails) {
  const auto said = vedette({"check", config("{status: 201}")});
  EXPECT_EQ(said.exit_code, 1);
  EXPECT_NE(said.words.find("status was 200, expected 201"), std::string::npos) << said.words;
  EXPECT_NE(said.words.find("expectation_failed"), std::string::npos) << said.words;
}

TEST_F(CommandLine, CheckPrintsTheContractsJson) {
  const auto said = vedette({"check", config("{status: 201}"), "shop-page", "--json"});
  EXPECT_EQ(said.exit_code, 1);
  const auto array = json::parse(said.words).as_array();
  ASSERT_EQ(array.size(), 1U);
  const auto& item = array.front().as_object();
  std::vector<std::string> keys;
  for (const auto& entry : item) keys.emplace_back(entry.key());
  EXPECT_EQ(keys, (std::vector<std::string>{"check", "component", "region", "probe", "variant",
                                            "outcome", "reason", "message", "started_at",
                                            "duration_ms", "phases", "evidence", "facts"}));
  EXPECT_EQ(item.at("check").as_string(), "shop-page");
  EXPECT_EQ(item.at("region").as_string(), "eu-west");
  EXPECT_EQ(item.at("outcome").as_string(), "fail");
  EXPECT_EQ(item.at("reason").as_string(), "expectation_failed");
  EXPECT_TRUE(item.at("variant").is_null());
  EXPECT_TRUE(item.at("phases").as_object().contains("connect"));
  EXPECT_FALSE(item.at("evidence").as_array().front().at("ok").as_bool());
}

TEST_F(CommandLine, CheckRefusesAnUnknownName) {
  const auto said = vedette({"check", config("{status: 200}"), "shop-paeg"});
  EXPECT_EQ(said.exit_code, 2);
  EXPECT_NE(said.words.find("shop-paeg"), std::string::npos);
}

TEST_F(CommandLine, AMissingConfigurationIsOneClearLine) {
  const auto said = vedette({"validate", (dir / "nowhere.yaml").string()});
  EXPECT_EQ(said.exit_code, 2);
  EXPECT_NE(said.words.find("nowhere.yaml"), std::string::npos) << said.words;
  EXPECT_EQ(std::ranges::count(said.words, '\n'), 1) << said.words;
}

TEST_F(CommandLine, JsonPathPrintsWhatItSelectsAsOneArray) {
  const auto file =
      dir.write("order.json", R"({"lines": [{"left": 2}, {"left": 0}, {"left": 9.5}]})");
  const auto said = vedette({"jsonpath", "$.lines[?@.left > 0].left", file.string()});
  EXPECT_EQ(said.exit_code, 0);
  EXPECT_EQ(said.words, "[2,9.5]\n");
}

TEST_F(CommandLine, JsonPathRefusesAWrongPathInOneLine) {
  const auto said = vedette({"jsonpath", "$.lines[", dir.write("order.json", "{}").string()});
  EXPECT_EQ(said.exit_code, 2);
  EXPECT_NE(said.words.find("is wrong at byte 9"), std::string::npos) << said.words;
  EXPECT_EQ(std::ranges::count(said.words, '\n'), 1);
}

TEST_F(CommandLine, HelpNamesEveryCommandAndTheExitCodes) {
  const auto said = vedette({"--help"});
  EXPECT_EQ(said.exit_code, 0);
  for (const auto* word : {"run", "validate", "check", "simulate", "demo", "Exit codes"}) {
    EXPECT_NE(said.words.find(word), std::string::npos) << word;
  }
  EXPECT_EQ(vedette({"check", "--help"}).exit_code, 0);
}

TEST_F(CommandLine, TheVersionIsOneLine) {
  const auto said = vedette({"--version"});
  EXPECT_EQ(said.exit_code, 0);
  EXPECT_TRUE(said.words.starts_with("vedette ")) << said.words;
}

TEST_F(CommandLine, WordsThatItDoesNotKnowAreRefused) {
  EXPECT_EQ(vedette({"chekc"}).exit_code, 2);
  EXPECT_EQ(vedette({}).exit_code, 2);
  EXPECT_EQ(vedette({"run"}).exit_code, 2);
}

}  // namespace
}  // namespace vedette::test
