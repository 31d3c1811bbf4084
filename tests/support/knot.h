// SPDX-License-Identifier: Apache-2.0
// Debian's Knot DNS as an ordinary child process: an authoritative server with zones of the test's
// own, signed if wanted.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/process.h"

namespace vedette::test {

struct KnotZone {
  std::string name;     // without the final dot
  std::string records;  // a zone file, $ORIGIN and a TTL of 300 s set before it
  bool sign = false;    // with one ECDSA key made on the spot; that raises the serial by one
  int signatures_days = 14;
};

struct KnotOptions {
  std::vector<std::string> addresses{"127.0.0.1"};
  std::uint16_t port = 0;  // 0: one that is free, for UDP and TCP
};

class Knot {
 public:
  // `directory` must exist and outlive the server. Returns once all zones are served; throws
  // std::runtime_error with Knot's own words if not.
  Knot(std::filesystem::path directory, std::vector<KnotZone> zones, KnotOptions options = {});
  ~Knot();

  std::uint16_t port() const { return port_; }
  // "127.0.0.1:5353": of the first address.
  std::string authority() const;
  // The DS record of a signed zone, as a resolver takes it for a trust anchor.
  std::string trust_anchor(const std::string& zone) const;
  // The zone's file as it is served, signatures included; empty for one that is not signed.
  std::string signed_file(const std::string& zone) const;
  // Questions get no answer any more, until resume().
  void pause();
  void resume();

  // False when the machine has no Knot; such a test should say so with GTEST_SKIP.
  static bool installed();

 private:
  bool try_start();
  std::string configuration() const;

  std::filesystem::path directory_;
  std::vector<KnotZone> zones_;
  KnotOptions options_;
  std::uint16_t port_ = 0;
  std::unique_ptr<Process> process_;
};

}  // namespace vedette::test
