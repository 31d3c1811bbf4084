// SPDX-License-Identifier: Apache-2.0
// The store is locked or damaged: probing and metrics go on, the trouble is visible, and nothing
// that happened is lost.
#include <fstream>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "tests/integration/agent/agent_fixture.h"
#include "tests/support/http_get.h"
#include "tests/support/wait_for.h"

namespace vedette::test {
namespace {

// Holds the write lock of a database, as a backup tool that hangs would.
class Lock {
 public:
  explicit Lock(const std::filesystem::path& database) {
    EXPECT_EQ(sqlite3_open(database.c_str(), &handle_), SQLITE_OK);
    sqlite3_busy_timeout(handle_, 5000);
    EXPECT_EQ(sqlite3_exec(handle_, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  }
  ~Lock() { sqlite3_close(handle_); }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

 private:
  sqlite3* handle_ = nullptr;
};

struct StoreTrouble : testing::Test {
  std::filesystem::path config() {
    ConfigText made;
    made.store = database.string();
    made.checks = quick_check("shop-page", "shop", shop.url());
    return dir.write("vedette.yaml", made.text());
  }

  TempDir dir;
  std::filesystem::path database = dir / "vedette.db";
  Shop shop;
};

TEST_F(StoreTrouble, AnOutageThatCameAndWentWhileTheStoreWasLockedIsToldAfterwardsWithItsOwnTimes) {
  RunningAgent agent(config(), dir / "log");
  ASSERT_TRUE(
      wait_for([&] { return agent.metric("vedette_check_verdict{check=\"shop-page\"") == 0; }));
  std::string healed_at;
  {
    const Lock lock(database);
    shop.break_it();
    ASSERT_TRUE(wait_for([&] {
      return agent.metric("vedette_check_verdict{check=\"shop-page\"") == 2;
    })) << "probing goes on";
    ASSERT_TRUE(wait_for([&] { return http_get(agent.port(), "/-/ready").status == 503; }));
    EXPECT_NE(http_get(agent.port(), "/-/ready").body.find("store"), std::string::npos);
    EXPECT_EQ(agent.metric("vedette_store_healthy"), 0);
    EXPECT_EQ(http_get(agent.port(), "/").status, 200) << "the page goes on";
    shop.heal();
    ASSERT_TRUE(
        wait_for([&] { return agent.metric("vedette_check_verdict{check=\"shop-page\"") == 0; }));
    EXPECT_TRUE(agent.incidents().empty());
    healed_at = format_instant(wall_now());
  }
  ASSERT_TRUE(agent.wait_for_status("resolved")) << agent.process().output();
  const auto incident = agent.incidents().front();
  EXPECT_LT(incident.at("started_at").as_string(), healed_at);
  EXPECT_LT(incident.at("created_at").as_string(), healed_at);
  EXPECT_EQ(agent.incidents().size(), 1U);
  EXPECT_TRUE(wait_for([&] { return http_get(agent.port(), "/-/ready").status == 200; }));
}

TEST_F(StoreTrouble, ADamagedFileIsLeftAsItIsAndProbingGoesOn) {
  const std::string garbage(8192, 'x');
  std::ofstream(database) << garbage;
  RunningAgent agent(config(), dir / "log");
  EXPECT_TRUE(wait_for([&] { return shop.asked() > 2; }));
  const auto ready = http_get(agent.port(), "/-/ready");
  EXPECT_EQ(ready.status, 503);
  EXPECT_NE(ready.body.find("move"), std::string::npos) << "the remedy is told: " << ready.body;
  EXPECT_EQ(agent.metric("vedette_store_healthy"), 0);
  EXPECT_EQ(read_text_file(database), garbage);
}

TEST_F(StoreTrouble, OnceADamagedFileIsMovedAwayTheRunningAgentGoesOnByItself) {
  std::ofstream(database) << std::string(8192, 'x');
  RunningAgent agent(config(), dir / "log");
  shop.break_it();
  ASSERT_TRUE(
      wait_for([&] { return agent.metric("vedette_check_verdict{check=\"shop-page\"") == 2; }));
  std::filesystem::rename(database, dir / "damaged.db");
  EXPECT_TRUE(agent.wait_for_status("investigating")) << agent.process().output();
  EXPECT_EQ(http_get(agent.port(), "/-/ready").status, 200);
}

TEST_F(StoreTrouble, AnAddressThatIsTakenIsOneClearLineAndExitCodeOne) {
  RunningAgent first(config(), dir / "log");
  auto text = read_text_file(dir / "vedette.yaml");
  text.replace(text.find("127.0.0.1:0"), 11, "127.0.0.1:" + std::to_string(first.port()));
  Process second({.command = {VEDETTE_BINARY, "run", dir.write("second.yaml", text).string()},
                  .output = dir / "second"});
  EXPECT_EQ(second.wait(std::chrono::seconds(20)), 1);
  EXPECT_NE(second.output().find(std::to_string(first.port())), std::string::npos)
      << second.output();
}

}  // namespace
}  // namespace vedette::test
