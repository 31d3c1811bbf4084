// SPDX-License-Identifier: Apache-2.0
// One thread with its own loop and its own network tools, and the checks assigned to it. Shards
// share nothing.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/any_io_executor.hpp>

#include "agent/schedule/job.h"
#include "probes/net/toolbox.h"

namespace vedette::schedule {

struct ShardSettings {
  net::ToolboxSettings net;
  int concurrent_runs = 256;
  // Told, on the shard's thread, of an exception that left a run: a bug. Must not throw.
  std::function<void(std::exception_ptr)> on_escape;
};

// All public functions are called from one other thread (the core loop's).
class Shard {
 public:
  explicit Shard(ShardSettings settings);
  ~Shard();
  Shard(const Shard&) = delete;
  Shard& operator=(const Shard&) = delete;

  // The checks named in `stop` end, then those in `start` begin; both take effect on the shard's
  // thread at once. A name may stand in both: the check is replaced.
  void change(std::vector<std::string> stop, std::vector<Job> start);

  // Something was done to what these checks watch. Names that are not there are passed over.
  void hurry(std::vector<std::string> names);

  // Of the shard's loop, as long as the shard lives.
  boost::asio::any_io_executor executor() const;

  // Cancels every run and joins the thread.
  void shut_down();

 private:
  struct Loop;
  std::unique_ptr<Loop> loop_;
};

// The shard of a check: the same for a name whatever else is configured, so that a reload moves
// nothing.
std::size_t shard_of(const std::string& check, std::size_t shards);

}  // namespace vedette::schedule
