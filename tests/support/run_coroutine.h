// SPDX-License-Identifier: Apache-2.0
// Runs one awaitable to its end on a loop of the test's own, with a guard against hanging.
#pragma once

#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

namespace vedette::test {

namespace detail {

// Shared with the coroutine, which may outlive the call when the guard trips.
template <class T>
struct Ending {
  bool done = false;
  std::exception_ptr error;
  std::optional<T> value;
};

template <class T>
boost::asio::awaitable<void> keep(boost::asio::awaitable<T> task, std::shared_ptr<Ending<T>> end) {
  end->value.emplace(co_await std::move(task));
}

inline boost::asio::awaitable<void> keep(boost::asio::awaitable<void> task,
                                         std::shared_ptr<Ending<bool>> end) {
  co_await std::move(task);
  end->value = true;
}

template <class T>
void drive(boost::asio::io_context& loop, Ending<T>& end, std::chrono::milliseconds guard) {
  const auto limit = std::chrono::steady_clock::now() + guard;
  loop.restart();
  while (!end.done && loop.run_one_until(limit) != 0) {
  }
  if (!end.done) {
    throw std::runtime_error(loop.stopped() ? "the loop ran out of work before the coroutine ended"
                                            : "the coroutine did not end within the guard time");
  }
  if (end.error) {
    std::rethrow_exception(end.error);
  }
}

template <class Kept, class T>
std::shared_ptr<Ending<Kept>> run(boost::asio::io_context& loop, boost::asio::awaitable<T> task,
                                  std::chrono::milliseconds guard) {
  auto end = std::make_shared<Ending<Kept>>();
  boost::asio::co_spawn(loop, keep(std::move(task), end), [end](std::exception_ptr error) {
    end->done = true;
    end->error = std::move(error);
  });
  drive(loop, *end, guard);
  return end;
}

}  // namespace detail

// Returns what the coroutine returns and throws what it throws. Throws std::runtime_error when it
// does not end within `guard`. Other work of the loop goes on only while the coroutine runs.
template <class T>
T run_coroutine(boost::asio::io_context& loop, boost::asio::awaitable<T> task,
                std::chrono::milliseconds guard = std::chrono::seconds(30)) {
  return std::move(*detail::run<T>(loop, std::move(task), guard)->value);
}

inline void run_coroutine(boost::asio::io_context& loop, boost::asio::awaitable<void> task,
                          std::chrono::milliseconds guard = std::chrono::seconds(30)) {
  detail::run<bool>(loop, std::move(task), guard);
}

}  // namespace vedette::test
