// SPDX-License-Identifier: Apache-2.0
// The real program with a small configuration beside a shop that can be broken, for tests of its
// whole life.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/json/value.hpp>
#include <gtest/gtest.h>

#include "agent/store/store.h"
#include "tests/support/http_get.h"
#include "tests/support/process.h"
#include "tests/support/scripted_server.h"
#include "tests/support/temp_dir.h"

namespace vedette::test {

inline constexpr auto agent_token = "correct-horse-battery";

// Answers 200, or 503 while it is broken.
class Shop {
 public:
  Shop();
  void break_it() { healthy_ = false; }
  void heal() { healthy_ = true; }
  // From now on its page is another one.
  void redecorate() { ++edition_; }
  std::string url(const std::string& path = "/") const { return server_.url(path); }
  int asked() const { return asked_; }

 private:
  std::atomic<bool> healthy_ = true;
  std::atomic<int> asked_ = 0;
  std::atomic<int> edition_ = 1;
  ScriptedServer server_;
};

// Quick settings, so that a whole incident fits into a second.
struct ConfigText {
  std::string store;
  std::string listen = "127.0.0.1:0";
  std::string resolve_after = "400ms";
  std::string reopen_within = "0s";
  std::string components = "  - {id: shop, name: Shop}\n";
  std::string checks;

  std::string text() const;
};

// One check of `component`, every 100 ms. `detect` is added to its rules: ", flapping: none".
std::string quick_check(const std::string& name, const std::string& component,
                        const std::string& url, const std::string& detect = "");

class RunningAgent {
 public:
  // Starts `vedette run CONFIG` and waits until it listens; the log goes to `log`. `under` is a
  // command that ends by becoming the program after it.
  RunningAgent(const std::filesystem::path& config, const std::filesystem::path& log,
               std::vector<std::string> under = {});

  std::uint16_t port() const { return port_; }
  Process& process() { return process_; }
  boost::json::value get(const std::string& path) const;
  // Of /api/v2/incidents.json, newest first.
  boost::json::array incidents() const;
  // Status of the newest incident; empty when there is none.
  std::string newest_status() const;
  bool wait_for_status(const std::string& status) const;
  // The newest verdict of this check: 0 up, 2 down.
  bool wait_for_verdict(const std::string& check, int verdict) const;
  // POST /-/reload, with the token: when it answers, the new configuration is in use, or refused.
  HttpAnswer reload() const;
  bool wait_for_log(const std::string& words) const;
  // The value of the first sample whose line begins with `series`; nothing when there is none.
  std::optional<double> metric(const std::string& series) const;

 private:
  Process process_;
  std::uint16_t port_ = 0;
};

// One check of one component, and a shop that it watches.
struct AgentTest : testing::Test {
  ConfigText config();
  std::filesystem::path write(const ConfigText& made) {
    return dir.write("vedette.yaml", made.text());
  }

  TempDir dir;
  Shop shop;
};

// The store's view of all incidents, read while no agent runs.
store::Snapshot read_store(const std::filesystem::path& database);

}  // namespace vedette::test
