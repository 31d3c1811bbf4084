// SPDX-License-Identifier: Apache-2.0
// Several tasks of one run side by side, each with its result.
#pragma once

#include <exception>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace vedette {

// Waits for the end of all, also when one of them throws (what the first of them threw is thrown
// then) and when the waiting task is cancelled, which cancels them. Results are in the order of the
// tasks; T has a default value. What the tasks refer to must outlive them.
template <class T>
boost::asio::awaitable<std::vector<T>> gather(std::vector<boost::asio::awaitable<T>> tasks) {
  namespace asio = boost::asio;
  const auto executor = co_await asio::this_coro::executor;
  using Started =
      decltype(asio::co_spawn(executor, std::declval<asio::awaitable<T>>(), asio::deferred));
  if (tasks.empty()) co_return std::vector<T>{};
  std::vector<Started> started;
  started.reserve(tasks.size());
  for (asio::awaitable<T>& task : tasks) {
    started.push_back(asio::co_spawn(executor, std::move(task), asio::deferred));
  }
  auto group = asio::experimental::make_parallel_group(std::move(started));
  auto [order, errors, results] =
      co_await group.async_wait(asio::experimental::wait_for_all(), asio::use_awaitable);
  for (const std::exception_ptr& error : errors) {
    if (error) std::rethrow_exception(error);
  }
  co_return std::move(results);
}

}  // namespace vedette
