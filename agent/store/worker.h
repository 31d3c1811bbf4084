// SPDX-License-Identifier: Apache-2.0
// The store's own thread behind a bounded queue: a slow or stuck disk delays nobody but the store.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <thread>

#include <boost/asio/any_io_executor.hpp>

#include "agent/store/store.h"
#include "agent/store/supervised_store.h"

namespace vedette::store {

// How the newest work on the store ended.
struct Health {
  bool ok = false;
  std::string message = "not opened yet";  // empty when ok
  Instant since{};
};

struct WorkerLimits {
  std::size_t queue = 1024;
  Pauses pauses;
};

// Made, asked and destroyed on the core loop, but for one way of asking.
class Worker {
 public:
  using Work = std::function<void(Store&)>;
  using Done = std::function<void()>;
  using OnHealth = std::function<void(const Health&)>;

  // Opens on the store thread, and goes on trying by itself, with growing pauses, until that
  // succeeds. Until then, and after trouble that asks for reopening, work meets a store whose every
  // method says what is wrong.
  Worker(boost::asio::any_io_executor core, Open open, WorkerLimits limits = {});
  // Drops what still waits. A `done` that was not called by now is never called.
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // `work` runs on the store thread, in the order of submission, then `done` on the core loop;
  // neither may throw. False: the queue is full or stopped, and neither is ever called.
  bool submit(Work work, Done done);
  // The same for another loop, which outlives stop(): `done` runs there. Called on any thread.
  bool submit(Work work, Done done, boost::asio::any_io_executor loop);
  // What waits or runs.
  std::size_t depth() const;

  // Of the same age as the newest `done`, or newer. Changes are logged.
  const Health& health() const;
  // Called on the core loop at each change.
  void on_health(OnHealth listener);

  // Takes no more work, and waits until what waits is finished. False when that took longer than
  // `within`: the rest is dropped, and a thread that hangs on the disk is left to the end of the
  // process.
  bool stop(Duration within);

 private:
  struct Shared;
  static void serve(const std::shared_ptr<Shared>& shared);

  std::shared_ptr<Shared> shared_;
  std::thread thread_;
};

}  // namespace vedette::store
