// SPDX-License-Identifier: Apache-2.0
#include "agent/app/explain.h"

#include <algorithm>
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

// Shared, because shards may still answer when nobody waits any more.
struct Answers {
  explicit Answers(const asio::any_io_executor& loop) : complete(loop, within) {}
  asio::steady_timer complete;
  std::vector<detect::Account> accounts;
  std::size_t asked = 0;
};

}  // namespace

operators::Awaitable<operators::Asked<std::vector<detect::Account>>> explain(Fleet& fleet,
                                                                             std::string check) {
  const auto answers = std::make_shared<Answers>(co_await asio::this_coro::executor);
  answers->asked = fleet.ask(check, [answers](detect::Account account) {
    answers->accounts.push_back(std::move(account));
    if (answers->accounts.size() == answers->asked) answers->complete.cancel();
  });
  if (answers->asked > 0)
    co_await answers->complete.async_wait(asio::as_tuple(asio::use_awaitable));
  if (answers->accounts.size() < answers->asked)
    co_return std::unexpected("the checks are too busy to answer");
  std::ranges::sort(answers->accounts, {}, &detect::Account::check);
  co_return std::move(answers->accounts);
}

}  // namespace vedette::app
