// SPDX-License-Identifier: Apache-2.0
// Supervised coroutines: nothing is detached. What escapes a task is handed to one place, and
// stop() waits for all.
#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <memory>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

namespace vedette {

// Used on one loop thread only. Must be empty when destroyed: co_await stop() first, or cancel()
// and let the loop run dry. A group that is destroyed with tasks in it cancels them and forgets
// them; what they throw then is told nobody.
class TaskGroup {
 public:
  using OnEscape = std::function<void(std::exception_ptr)>;

  // `on_escape` is told of every exception that leaves a task (a bug); it must not throw. The
  // operation_aborted with which a cancelled task ends is not one of them.
  TaskGroup(boost::asio::any_io_executor executor, OnEscape on_escape);
  ~TaskGroup();
  TaskGroup(const TaskGroup&) = delete;
  TaskGroup& operator=(const TaskGroup&) = delete;

  // The task may run up to its first suspension before spawn() returns, when called on the loop.
  // After cancel() or stop() began, the task is dropped without having started.
  void spawn(boost::asio::awaitable<void> task);
  std::size_t size() const;

  // Cancels what runs (cooperatively: every await returns or throws operation_aborted) and waits
  // until all have ended. Not to be awaited by a task of the group itself: it would wait for
  // itself.
  boost::asio::awaitable<void> stop();
  // Cancels without waiting: for a loop that is then run until it is out of work.
  void cancel();

 private:
  struct State;
  std::shared_ptr<State> state_;  // also held by the completion of every task
};

}  // namespace vedette
