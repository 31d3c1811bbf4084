// SPDX-License-Identifier: Apache-2.0
// Debian's Prometheus as an ordinary child process on a free loopback port.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/process.h"
#include "tests/support/temp_dir.h"

namespace vedette::test {

struct PrometheusOptions {
  std::vector<std::uint16_t> targets;     // ports on 127.0.0.1, scraped as the job "vedette"
  std::chrono::milliseconds every{1000};  // scrapes and evaluations of rules
  std::vector<std::filesystem::path> rules{};
};

class Prometheus {
 public:
  // Returns once it serves; throws std::runtime_error with Prometheus' own words if it does not.
  explicit Prometheus(const PrometheusOptions& options);

  // "http://127.0.0.1:9090"
  std::string url() const;
  // The JSON that answers an instant query.
  std::string query(const std::string& expression) const;
  // Whether an instant query finds any series.
  bool finds(const std::string& expression) const;
  std::string output() const { return process_->output(); }

 private:
  bool ready();
  void start(const std::filesystem::path& config);

  TempDir dir_;
  std::uint16_t port_ = 0;
  std::unique_ptr<Process> process_;
};

}  // namespace vedette::test
