// SPDX-License-Identifier: Apache-2.0
#include "agent/app/look_up.h"

#include <functional>
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
constexpr auto no_answer = "the store does not answer";
constexpr int most_changes = 500;

template <class T>
using Ask = std::function<store::Expected<T>(store::Store&)>;

// Shared, because the store's thread may still be at it when nobody waits for it any more.
template <class T>
struct Answer {
  explicit Answer(const asio::any_io_executor& loop) : arrived(loop, within) {}
  asio::steady_timer arrived;
  LookedUp<T> found = std::unexpected(no_answer);
};

template <class T>
Awaitable<LookedUp<T>> look_up(store::Worker& store, Ask<T> ask) {
  const auto loop = co_await asio::this_coro::executor;
  const auto answer = std::make_shared<Answer<T>>(loop);
  const auto look = [answer, ask](store::Store& opened) {
    auto found = ask(opened);
    if (found) answer->found = std::move(*found);
  };
  if (!store.submit(look, [answer] { answer->arrived.cancel(); })) co_return answer->found;
  const auto [cancelled] = co_await answer->arrived.async_wait(asio::as_tuple(asio::use_awaitable));
  if (!cancelled) co_return std::unexpected(no_answer);
  co_return answer->found;
}

}  // namespace

Awaitable<LookedUp<std::optional<incident::Incident>>> find_incident(store::Worker& store,
                                                                     std::string id) {
  return look_up<std::optional<incident::Incident>>(
      store, [id = std::move(id)](store::Store& opened) { return opened.incident(id); });
}

Awaitable<LookedUp<store::Chapter>> find_chapter(store::Worker& store, store::ChapterKey key) {
  return look_up<store::Chapter>(store,
                                 [key](store::Store& opened) { return opened.chapter(key); });
}

operators::Means operator_means(store::Worker& store, const std::string& region) {
  operators::Means means;
  means.amend = [&store](std::vector<std::string> ids, store::Amend amend) {
    Ask<store::Amended> ask = [ids = std::move(ids), amend = std::move(amend)](
                                  store::Store& opened) { return opened.amend(ids, amend); };
    return look_up<store::Amended>(store, std::move(ask));
  };
  means.record_change = [&store](incident::Change change) {
    Ask<bool> ask = [change = std::move(change)](store::Store& opened) {
      return opened.record_change(change);
    };
    return look_up<bool>(store, std::move(ask));
  };
  means.changes = [&store](Instant since) {
    Ask<std::vector<incident::Change>> ask = [since](store::Store& opened) {
      return opened.changes(since, most_changes);
    };
    return look_up<std::vector<incident::Change>>(store, std::move(ask));
  };
  means.cleanups = [&store, region] {
    Ask<std::vector<flow::Entry>> ask = [region](store::Store& opened) {
      return opened.whole_journal(region);
    };
    return look_up<std::vector<flow::Entry>>(store, std::move(ask));
  };
  means.amend_maintenance = [&store](std::string id, store::AmendMaintenance amend) {
    Ask<incident::Amendment> ask = [id = std::move(id),
                                    amend = std::move(amend)](store::Store& opened) {
      return opened.amend_maintenance(id, amend);
    };
    return look_up<incident::Amendment>(store, std::move(ask));
  };
  return means;
}

}  // namespace vedette::app
