// SPDX-License-Identifier: Apache-2.0
#include "probes/flow/turn.h"

#include <algorithm>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace vedette::flow {

namespace asio = boost::asio;

Awaitable<Turn::Held> Turn::take(Deadline deadline) {
  const auto executor = co_await asio::this_coro::executor;
  while (taken_ && !deadline.expired()) {
    const auto timer = std::make_shared<asio::steady_timer>(executor, deadline.at);
    waiting_.push_back(timer);
    co_await timer->async_wait(asio::as_tuple(asio::use_awaitable));
    std::erase(waiting_, timer);
    const auto state = co_await asio::this_coro::cancellation_state;
    if (state.cancelled() != asio::cancellation_type::none)
      throw boost::system::system_error(asio::error::operation_aborted);
  }
  if (taken_) co_return Held();
  taken_ = true;
  co_return Held(this);
}

void Turn::give_up() {
  taken_ = false;
  if (!waiting_.empty()) waiting_.front()->cancel();
}

}  // namespace vedette::flow
