// SPDX-License-Identifier: Apache-2.0
// A real server as a child process, with ports on 127.0.0.1 that stay ours while it is down.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "tests/support/free_port.h"
#include "tests/support/process.h"

namespace vedette::test {

class PortServer {
 public:
  explicit PortServer(std::initializer_list<const char*> port_names);

  std::uint16_t port(std::string_view name) const { return ports_.find(name)->second.port(); }
  // By their names.
  const std::map<std::string, Listener, std::less<>>& ports() const { return ports_; }

  // Returns once somebody answers on every port. Throws std::runtime_error with what it has written
  // and with `log` if that does not happen. The program must set SO_REUSEADDR.
  void start(const ProcessOptions& options, const std::function<std::string()>& log);
  // SIGKILL, and then nobody answers any more.
  void stop();
  // Connections are taken by the kernel, and nothing is answered.
  void pause();
  void resume();

 private:
  bool all_answer() const;
  bool none_answers() const;

  std::map<std::string, Listener, std::less<>> ports_;
  std::unique_ptr<Process> process_;
};

}  // namespace vedette::test
