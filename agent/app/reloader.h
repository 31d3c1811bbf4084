// SPDX-License-Identifier: Apache-2.0
// Reads the configuration again when it is told to: beside the loop, one reading at a time, and no
// wish forgotten.
#pragma once

#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include <boost/asio/thread_pool.hpp>

#include "agent/settings/settings.h"
#include "probes/probe.h"

namespace vedette::app {

// Used on the core loop only.
class Reloader {
 public:
  // Exactly one of the two is called, on the core loop, for each reading that came to its end.
  struct Outcome {
    std::function<void(std::shared_ptr<const settings::Settings>)> take;
    std::function<void(const std::string& problems)> refuse;
  };
  using Reloaded = std::expected<void, std::string>;

  Reloader(std::filesystem::path config, Outcome outcome);

  // The error is what is wrong with the configuration, or why it was not read.
  Awaitable<Reloaded> reload();
  // As often as the file may have changed: a signal during a reading leads to one more.
  Awaitable<void> reload_on_signal();

  // Nothing is taken or refused from now on.
  void stop() { stopped_ = true; }
  // Waits for the reading that is under way.
  void join() { beside_.join(); }

 private:
  const std::filesystem::path config_;
  const Outcome outcome_;
  boost::asio::thread_pool beside_{1};  // a large configuration must not hold up the page
  bool reading_ = false;
  bool again_ = false;
  bool stopped_ = false;
};

}  // namespace vedette::app
