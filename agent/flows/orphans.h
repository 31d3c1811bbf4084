// SPDX-License-Identifier: Apache-2.0
// What flows left behind that are not configured any more: nobody cleans up after them, so somebody
// has to be told.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>

#include "agent/flows/store_journal.h"

namespace vedette::flows {

// Used on one loop.
class Orphans {
 public:
  // As store::Worker::submit. `on_count` hears how many steps there are, whenever that was looked
  // at.
  using Ask =
      std::function<bool(std::function<void(store::Store&)> work, std::function<void()> done)>;
  Orphans(Ask ask, std::string region, std::function<void(std::size_t)> on_count);

  // Names of flows that have a cleanup.
  void set_configured(std::set<std::string> flows) { configured_ = std::move(flows); }
  // Looks about once a minute. Logs each step once.
  void tick(Instant now);

 private:
  void seen(const std::vector<flow::Entry>& entries);

  Ask ask_;
  std::string region_;
  std::function<void(std::size_t)> on_count_;
  std::set<std::string> configured_;
  std::set<std::string> told_;
  Instant next_{};
  bool asking_ = false;
  std::shared_ptr<const bool> alive_ = std::make_shared<const bool>(true);
};

}  // namespace vedette::flows
