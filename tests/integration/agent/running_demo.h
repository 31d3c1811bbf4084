// SPDX-License-Identifier: Apache-2.0
// The real `vedette demo` on a port of its own.
#pragma once

#include <filesystem>
#include <string>

#include <boost/json/value.hpp>

#include "tests/support/http_get.h"
#include "tests/support/process.h"

namespace vedette::test {

class RunningDemo {
 public:
  // Waits until it listens, and throws std::runtime_error when it does not. `output` takes its
  // words.
  explicit RunningDemo(const std::filesystem::path& output);

  std::uint16_t port() const { return port_; }
  Process& process() { return process_; }
  // Turns a switch; throws when there is none.
  void turn(const std::string& name, const std::string& mode) const;
  HttpAnswer post(const std::string& path, const std::string& form = {},
                  const std::string& extra_head = {}) const;
  boost::json::value ledger() const;

 private:
  Process process_;
  std::uint16_t port_ = 0;
};

}  // namespace vedette::test
