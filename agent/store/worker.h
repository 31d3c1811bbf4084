// SPDX-License-Identifier: Apache-2.0
// The store's own thread behind a bounded queue: a slow or stuck disk delays nobody but the store.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include <boost/asio/any_io_executor.hpp>

#include "agent/store/store.h"

namespace vedette::store {

// How the newest work on the store ended.
struct Health {
  bool ok = false;
  std::string message = "not opened yet";
  Instant since{};
};

// Made, asked and destroyed on the core loop.
class Worker {
 public:
  using Open = std::function<Expected<std::unique_ptr<Store>>()>;
  using Work = std::function<void(Store&)>;
  using Done = std::function<void()>;

  // Opens on the store thread, and goes on trying by itself, with growing pauses, until that
  // succeeds. Until then, and after trouble that asks for reopening, work meets a store whose every
  // method says what is wrong.
  Worker(boost::asio::any_io_executor core, Open open, std::size_t capacity = 1024);
  // Drops what still waits, without calling its `done`.
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // `work` runs on the store thread, in the order of submission, then `done` on the core loop;
  // neither may throw. False: the queue is full or stopped, and neither is ever called.
  bool submit(Work work, Done done);
  // What waits or runs.
  std::size_t depth() const;

  const Health& health() const { return health_; }
  // Called on the core loop whenever `ok` or the message changes.
  void on_health(std::function<void(const Health&)> listener) { listener_ = std::move(listener); }

  // Takes no more work, finishes what waits. False when that took longer: the rest is dropped.
  bool stop(Duration within);

 private:
  struct Shared;
  std::shared_ptr<Shared> shared_;
  Health health_;
  std::function<void(const Health&)> listener_;
};

}  // namespace vedette::store
