// SPDX-License-Identifier: Apache-2.0
#include "agent/schedule/slots.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace vedette::schedule {

namespace asio = boost::asio;

asio::awaitable<bool> Slots::acquire(asio::steady_timer& timer) {
  if (free_ > 0) {
    --free_;
    co_return true;
  }
  Waiter waiter{&timer};
  waiting_.push_back(&waiter);
  timer.expires_at(asio::steady_timer::time_point::max());
  co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
  if (!waiter.granted) std::erase(waiting_, &waiter);
  co_return waiter.granted;
}

void Slots::release() {
  if (waiting_.empty()) {
    ++free_;
    return;
  }
  Waiter* next = waiting_.front();
  waiting_.pop_front();
  next->granted = true;
  next->timer->cancel();
}

}  // namespace vedette::schedule
