// SPDX-License-Identifier: Apache-2.0
// A real program as a child of the test: started, watched, ended, never left behind.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <signal.h>
#include <sys/types.h>

#include "tests/support/free_port.h"

namespace vedette::test {

struct ProcessOptions {
  std::vector<std::string> command{};  // the program is searched for on PATH and in sbin
  std::map<std::string, std::string> environment{};  // beside or instead of the test's own
  std::filesystem::path output{};                    // standard output and error; empty: dropped
  std::filesystem::path directory{};                 // working directory; empty: the test's
  std::vector<int> inherit{};  // descriptors that the child keeps, under their numbers
  int death_signal = SIGKILL;  // what it gets when the test dies before it
};

// Ends only the process that it started, and that process' own children (they share a process
// group). The child dies with the thread that started it, however that ends, so start it from a
// thread that outlives it (the test's own).
class Process {
 public:
  // Throws std::runtime_error that names the program when it cannot be started.
  explicit Process(const ProcessOptions& options);
  // Kills and reaps.
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  pid_t pid() const { return pid_; }
  bool running();
  void send_signal(int signal);
  // To the process and its children.
  void send_group_signal(int signal);
  // The exit code, or 128 + the signal that ended it; nothing when it still runs after `limit`.
  std::optional<int> wait(std::chrono::milliseconds limit);
  // SIGTERM, then wait; SIGKILL when that did not help. Nothing when it had to be killed.
  std::optional<int> terminate(std::chrono::milliseconds limit = std::chrono::seconds(10));
  // SIGKILL and reap.
  void kill();
  // What it has written so far.
  std::string output() const;

 private:
  void reap();

  pid_t pid_ = -1;
  Descriptor pidfd_;
  std::optional<int> exit_code_;
  std::filesystem::path output_;
};

// The full path of a program, or an empty one when the machine does not have it.
std::filesystem::path find_program(const std::string& name);

}  // namespace vedette::test
