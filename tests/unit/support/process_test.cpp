// SPDX-License-Identifier: Apache-2.0
#include "tests/support/process.h"

#include <chrono>

#include <gtest/gtest.h>
#include <signal.h>

#include "tests/support/temp_dir.h"
#include "tests/support/wait_for.h"

namespace vedette::test {
namespace {

using namespace std::chrono_literals;

TEST(ProcessTest, GivesExitCodeAndOutput) {
  const TempDir dir;
  Process process({.command = {"sh", "-c", "echo $WORD; echo oops >&2; exit 3"},
                   .environment = {{"WORD", "hello"}},
                   .output = dir / "out"});
  EXPECT_EQ(process.wait(10s), 3);
  EXPECT_EQ(process.output(), "hello\noops\n");
  EXPECT_FALSE(process.running());
}

TEST(ProcessTest, WaitsNoLongerThanTheLimit) {
  Process process({.command = {"sleep", "60"}});
  EXPECT_EQ(process.wait(20ms), std::nullopt);
  EXPECT_TRUE(process.running());
  EXPECT_EQ(process.terminate(), 128 + SIGTERM);
}

TEST(ProcessTest, SaysWhatCannotBeStarted) {
  const ProcessOptions options{.command = {"no-such-program"}};
  EXPECT_THROW(Process{options}, std::runtime_error);
}

TEST(ProcessTest, LeavesNobodyBehind) {
  pid_t pid = 0;
  {
    const Process process({.command = {"sleep", "60"}});
    pid = process.pid();
    EXPECT_EQ(::kill(pid, 0), 0);
  }
  EXPECT_NE(::kill(pid, 0), 0);
}

}  // namespace
}  // namespace vedette::test
