// SPDX-License-Identifier: Apache-2.0
// Debian's Unbound as an ordinary child process: a validating resolver that knows only the zones
// of the test.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/process.h"

namespace vedette::test {

struct UnboundOptions {
  struct Zone {
    std::string name;            // without the final dot
    std::string server;          // "127.0.0.1:5353": who is asked for it
    std::string trust_anchor{};  // a DS record; empty: the zone is not signed
  };
  std::vector<Zone> zones{};
  // With both, questions are answered over TLS too (on a port of its own).
  std::filesystem::path tls_chain{}, tls_key{};
};

class Unbound {
 public:
  // `directory` must exist and outlive the server. Returns once it answers; throws
  // std::runtime_error with Unbound's own words if not.
  Unbound(std::filesystem::path directory, UnboundOptions options);
  ~Unbound();

  // "127.0.0.1:5353".
  std::string authority() const;
  std::string tls_authority() const;

  // False when the machine has no Unbound; such a test should say so with GTEST_SKIP.
  static bool installed();

 private:
  bool try_start();
  std::string configuration() const;

  std::filesystem::path directory_;
  UnboundOptions options_;
  std::uint16_t port_ = 0, tls_port_ = 0;
  std::unique_ptr<Process> process_;
};

}  // namespace vedette::test
