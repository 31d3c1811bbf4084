// SPDX-License-Identifier: Apache-2.0
// Supervised coroutines: nothing is detached. What escapes a task is handed to one place, and stop() waits for all.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <exception>
#include <functional>
#include <list>

namespace vedette {

// Used on one loop thread only. Must be empty when destroyed: co_await stop() first, or let the loop run dry.
class TaskGroup {
 public:
  using OnEscape = std::function<void(std::exception_ptr)>;

  // `on_escape` is told of every exception that leaves a task (a bug); it must not throw.
  TaskGroup(boost::asio::any_io_executor executor, OnEscape on_escape);
  ~TaskGroup();
  TaskGroup(const TaskGroup&) = delete;
  TaskGroup& operator=(const TaskGroup&) = delete;

  // After stop() began, the task is dropped without having started.
  void spawn(boost::asio::awaitable<void> task);
  std::size_t size() const { return running_.size(); }

  // Cancels what runs (cooperatively: every await returns operation_aborted) and waits until all have ended.
  boost::asio::awaitable<void> stop();
  // Cancels without waiting: for a loop that is then run until it is out of work.
  void cancel();

 private:
  std::list<boost::asio::cancellation_signal> running_;
  boost::asio::any_io_executor executor_;
  OnEscape on_escape_;
  bool stopping_ = false;
};

}  // namespace vedette
