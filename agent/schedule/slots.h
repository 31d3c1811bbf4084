// SPDX-License-Identifier: Apache-2.0
// How many runs may be under way at once on one loop; who comes first is served first.
#pragma once

#include <deque>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

namespace vedette::schedule {

class Slots {
 public:
  explicit Slots(int limit) : free_(limit) {}

  // Waits on the caller's own timer. False when that timer was cancelled from outside (stop): no
  // slot was taken.
  boost::asio::awaitable<bool> acquire(boost::asio::steady_timer& timer);
  void release();

 private:
  struct Waiter {
    boost::asio::steady_timer* timer;
    bool granted = false;
  };

  int free_;
  std::deque<Waiter*> waiting_;
};

}  // namespace vedette::schedule
