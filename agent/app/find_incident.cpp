// SPDX-License-Identifier: Apache-2.0
#include "agent/app/find_incident.h"

#include <memory>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace vedette::app {
namespace {

namespace asio = boost::asio;

constexpr auto within = std::chrono::seconds(2);

// Shared, because the store's thread may still be at it when nobody waits for it any more.
struct Answer {
  explicit Answer(const asio::any_io_executor& loop) : arrived(loop, within) {}
  asio::steady_timer arrived;
  Found found = std::unexpected("the store does not answer");
};

}  // namespace

Awaitable<Found> find_incident(store::Worker& store, std::string id) {
  const auto loop = co_await asio::this_coro::executor;
  const auto answer = std::make_shared<Answer>(loop);
  const auto look = [answer, id](store::Store& opened) {
    auto found = opened.incident(id);
    if (found) answer->found = std::move(*found);
  };
  if (!store.submit(look, [answer] { answer->arrived.cancel(); })) co_return answer->found;
  const auto [cancelled] = co_await answer->arrived.async_wait(asio::as_tuple(asio::use_awaitable));
  if (!cancelled) co_return std::unexpected("the store does not answer");
  co_return answer->found;
}

}  // namespace vedette::app
