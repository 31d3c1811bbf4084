// SPDX-License-Identifier: Apache-2.0
// Debian's nginx as an ordinary child process on loopback ports of the kernel's choice.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/free_port.h"
#include "tests/support/process.h"
#include "tests/support/temp_dir.h"

namespace vedette::test {

class Nginx {
 public:
  // Starts nginx with `http`, the content of its http block. "listen @NAME@ ssl;" stands for a port
  // on 127.0.0.1, "@v6_NAME@" for one on [::1]. Relative paths are relative to `directory`, which
  // must exist and outlive the server. The sockets are made here and handed over, so no port can be
  // lost to somebody else. Returns once nginx serves; throws std::runtime_error with nginx's own
  // words if not.
  Nginx(std::filesystem::path directory, std::string_view http);
  ~Nginx();

  // Of "@NAME@". Throws std::out_of_range when the configuration has no such place.
  std::uint16_t port(std::string_view name) const;
  // "127.0.0.1:1234", or "[::1]:1234" for v6_ names.
  std::string authority(std::string_view name) const;
  // One line per request: METHOD URI STATUS.
  std::vector<std::string> access_log() const;

  // Connections are still taken (by the kernel), but nothing is answered, until resume().
  void pause();
  void resume();
  // Connections are refused, until start() brings the same ports back.
  void stop();
  void start();

  // False when the machine has no nginx; such a test should say so with GTEST_SKIP.
  static bool installed();

 private:
  std::string configuration(std::string_view http);

  std::filesystem::path directory_;
  std::map<std::string, Listener, std::less<>> listeners_;
  std::unique_ptr<Process> process_;
};

}  // namespace vedette::test
