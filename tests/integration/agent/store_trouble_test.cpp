// SPDX-License-Identifier: Apache-2.0
// The store is locked, damaged or has no room: probing and metrics go on, the trouble is visible,
// and nothing that happened is lost.
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <memory>

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include "tests/integration/agent/agent_fixture.h"
#include "tests/support/http_get.h"
#include "tests/support/wait_for.h"
#include "tests_config/paths.h"

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

// Takes the last byte of a disk, as a log that nobody watches would.
class Ballast {
 public:
  explicit Ballast(std::filesystem::path file) : file_(std::move(file)) {
    std::FILE* out = std::fopen(file_.c_str(), "wb");
    EXPECT_NE(out, nullptr) << file_;
    if (out == nullptr) return;
    std::setbuf(out, nullptr);
    const std::string page(4096, 'x');
    while (std::fwrite(page.data(), 1, page.size(), out) == page.size()) {
    }
    EXPECT_EQ(errno, ENOSPC);
    std::fclose(out);
  }
  ~Ballast() { std::filesystem::remove(file_); }
  Ballast(const Ballast&) = delete;
  Ballast& operator=(const Ballast&) = delete;

 private:
  std::filesystem::path file_;
};

// Runs what follows it with a small disk of its own at `place`, which ends with it.
std::vector<std::string> with_small_disk(const std::filesystem::path& place) {
  std::vector<std::string> command{"unshare", "--mount"};
  if (geteuid() != 0) command.push_back("--map-root-user");
  const auto* script = R"(mount -t tmpfs -o size=2m small "$0" && exec "$@")";
  command.insert(command.end(), {"sh", "-c", script, place.string()});
  return command;
}

struct StoreTrouble : AgentTest {
  std::filesystem::path config() {
    auto made = AgentTest::config();
    made.store = database.string();
    return write(made);
  }

  // An outage comes and goes while the store is in trouble, which begins with a Trouble of `what`
  // and ends with it.
  template <class Trouble>
  void live_through(const RunningAgent& agent, const std::filesystem::path& what,
                    const std::string& complaint) {
    ASSERT_TRUE(agent.wait_for_verdict("shop-page", 0));
    auto trouble = std::make_unique<Trouble>(what);
    shop.break_it();
    ASSERT_TRUE(agent.wait_for_verdict("shop-page", 2)) << "probing goes on";
    ASSERT_TRUE(wait_for([&] { return http_get(agent.port(), "/-/ready").status == 503; }));
    EXPECT_NE(http_get(agent.port(), "/-/ready").body.find(complaint), std::string::npos)
        << http_get(agent.port(), "/-/ready").body;
    EXPECT_EQ(agent.metric("vedette_store_healthy"), 0);
    EXPECT_EQ(http_get(agent.port(), "/").status, 200) << "the page goes on";
    shop.heal();
    ASSERT_TRUE(agent.wait_for_verdict("shop-page", 0));
    EXPECT_TRUE(agent.incidents().empty());
    const auto healed_at = format_instant(wall_now());
    trouble.reset();
    expect_told_afterwards(agent, healed_at);
  }

  static void expect_told_afterwards(const RunningAgent& agent, const std::string& healed_at) {
    ASSERT_TRUE(agent.wait_for_status("resolved"));
    const auto incident = agent.incidents().front();
    EXPECT_LT(incident.at("started_at").as_string(), healed_at);
    EXPECT_LT(incident.at("created_at").as_string(), healed_at);
    EXPECT_EQ(agent.incidents().size(), 1U);
    EXPECT_TRUE(wait_for([&] { return http_get(agent.port(), "/-/ready").status == 200; }));
    EXPECT_EQ(agent.metric("vedette_store_healthy"), 1);
  }

  std::filesystem::path database = dir / "vedette.db";
};

TEST_F(StoreTrouble, AnOutageThatCameAndWentWhileTheStoreWasLockedIsToldAfterwardsWithItsOwnTimes) {
  RunningAgent agent(config(), dir / "log");
  live_through<Lock>(agent, database, "is locked by another program");
}

TEST_F(StoreTrouble, AnOutageThatCameAndWentWhileTheDiskWasFullIsToldAfterwardsWithItsOwnTimes) {
  const auto disk = dir / "disk";
  std::filesystem::create_directory(disk);
  auto trial = with_small_disk(disk);
  trial.emplace_back("true");
  if (Process({.command = trial}).wait(std::chrono::seconds(20)) != 0)
    GTEST_SKIP() << "this machine lets nobody mount a disk of his own";
  database = disk / "vedette.db";
  RunningAgent agent(config(), dir / "log", with_small_disk(disk));
  const auto seen_from_here = std::filesystem::path("/proc") /
                              std::to_string(agent.process().pid()) / "root" /
                              disk.relative_path() / "ballast";
  live_through<Ballast>(agent, seen_from_here, "no space left");
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
  ASSERT_TRUE(agent.wait_for_verdict("shop-page", 2));
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
