// SPDX-License-Identifier: Apache-2.0
// A process that writes incidents is killed at a hundred random instants and started again each
// time: in the end the store holds what it would hold without a single kill.
#include <chrono>
#include <map>
#include <random>
#include <set>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "agent/store/sqlite_store.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/reconcile/history.h"

namespace vedette::reconcile::test {
namespace {

using incident::Incident;
using std::chrono::microseconds;

constexpr int kills = 100;
constexpr int done = 0;

std::vector<Incident> incidents_in(const std::string& path) {
  auto store = store::open_sqlite(path);
  EXPECT_TRUE(store) << store.error().message;
  const auto snapshot = (*store)->snapshot();
  EXPECT_TRUE(snapshot) << snapshot.error().message;
  return snapshot ? snapshot->incidents : std::vector<Incident>{};
}

// Plays the history in a child; how it ended.
class Writer {
 public:
  Writer(const History& history, const std::string& path) : child_(fork()) {
    if (child_ != 0) return;
    auto store = store::open_sqlite(path);
    _exit(store && history.play(**store) ? done : 1);
  }
  void kill_after(microseconds pause) {
    std::this_thread::sleep_for(pause);
    kill(child_, SIGKILL);
  }
  int wait() {
    int status = 0;
    waitpid(child_, &status, 0);
    return status;
  }

 private:
  pid_t child_;
};

bool was_killed(int status) {
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

void expect_whole(const std::vector<Incident>& incidents) {
  std::set<std::string> ids;
  std::map<std::string, int> open_of_group;
  for (const Incident& incident : incidents) {
    EXPECT_TRUE(ids.insert(incident.id).second) << incident.id;
    open_of_group[incident.group] += incident.is_open() ? 1 : 0;
    EXPECT_LE(open_of_group[incident.group], 1) << incident.group;
    int sequence = 0;
    for (const incident::Update& update : incident.updates) {
      EXPECT_EQ(update.sequence, ++sequence) << incident.id;
    }
  }
}

TEST(Kill, AHundredKillsLeaveTheSameIncidentsAsNone) {
  const History history(20'261'108, 200);
  vedette::test::TempDir directory;
  const std::string quiet = directory / "quiet.db";
  const std::string killed = directory / "killed.db";
  const auto begin = Steady::now();
  ASSERT_EQ(Writer(history, quiet).wait(), done);
  const auto whole_run = std::chrono::duration_cast<microseconds>(Steady::now() - begin);

  std::mt19937 random(8);
  int struck = 0;
  while (struck < kills) {
    Writer writer(history, killed);
    // From before it has opened the store to well into its work, and so that a hundred do not reach
    // the end.
    writer.kill_after(microseconds(random() % static_cast<unsigned>(whole_run.count() / 60)));
    const int status = writer.wait();
    ASSERT_TRUE(was_killed(status)) << "after " << struck << " kills the history is at its end";
    ++struck;
    expect_whole(incidents_in(killed));
  }
  ASSERT_EQ(Writer(history, killed).wait(), done);

  const auto expected = incidents_in(quiet);
  EXPECT_GE(expected.size(), 20U);
  EXPECT_LT(expected.size(), 50U);  // a snapshot would not show more
  EXPECT_EQ(incidents_in(killed), expected);
}

}  // namespace
}  // namespace vedette::reconcile::test
