// SPDX-License-Identifier: Apache-2.0
// For tests of the harness itself: scenarios as texts, written to a folder that goes away with the
// test.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "agent/simulate/command.h"
#include "agent/simulate/reader.h"
#include "agent/simulate/rehearsal.h"

namespace vedette::simulate::test {

// A well-behaved scenario to build on: one component, one check, ten minutes.
inline const std::string one_check = R"(
start: 2026-11-08T10:00:00Z
for: 10m
components: [{id: login, name: Login}]
checks: [{name: login-page, component: login, every: 10s}]
incidents: {resolve_after: 1m}
)";

class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "vedette-test-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::filesystem::path write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name) << text;
    return path_ / name;
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

struct Outcome {
  int exit_code = -1;
  std::string out;
  std::string err;
};

inline Outcome simulate_text(const std::string& text, bool json = false) {
  const Folder folder;
  std::ostringstream out, err;
  const int exit_code = command(folder.write("scenario.yaml", text), json, out, err);
  return {exit_code, out.str(), err.str()};
}

inline Report rehearse(const std::string& text) {
  const Folder folder;
  config::Problems problems;
  const auto scenario = read_scenario(folder.write("scenario.yaml", text), problems);
  EXPECT_TRUE(scenario.has_value()) << problems.text();
  if (!scenario) return {};
  auto report = run(*scenario);
  EXPECT_TRUE(report.has_value()) << report.error();
  return report ? *report : Report{};
}

}  // namespace vedette::simulate::test
