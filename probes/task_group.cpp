// SPDX-License-Identifier: Apache-2.0
// Each task has a cancellation signal of its own, in a list that the task's completion takes it out
// of.
#include "probes/task_group.h"

#include <iterator>
#include <list>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

namespace vedette {
namespace {

namespace asio = boost::asio;

bool is_cancellation(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const boost::system::system_error& thrown) {
    return thrown.code() == asio::error::operation_aborted;
  } catch (...) {
    return false;
  }
}

}  // namespace

struct TaskGroup::State {
  using Running = std::list<asio::cancellation_signal>;

  State(asio::any_io_executor where, OnEscape escape)
      : executor(std::move(where)),
        on_escape(std::move(escape)),
        emptied(executor, asio::steady_timer::time_point::max()) {}

  void cancel() {
    stopping = true;
    for (auto task = running.begin(); task != running.end();) {
      // The next one is found first: a cancelled task may be gone when emit() returns.
      (task++)->emit(asio::cancellation_type::terminal);
    }
  }

  void ended(Running::iterator task, const std::exception_ptr& error) {
    Running gone;
    gone.splice(gone.end(), running, task);
    if (stopping) {
      // An emit() from outside the loop is queued with a bare pointer to the signal; it comes
      // before this.
      asio::post(executor, [kept = std::move(gone)] {});
    }
    if (error && on_escape && !(stopping && is_cancellation(error))) {
      on_escape(error);
    }
    if (running.empty()) {
      emptied.cancel();
    }
  }

  asio::any_io_executor executor;
  OnEscape on_escape;
  asio::steady_timer emptied;  // never expires: cancelled when the last task has ended
  Running running;
  bool stopping = false;
};

TaskGroup::TaskGroup(asio::any_io_executor executor, OnEscape on_escape)
    : state_(std::make_shared<State>(std::move(executor), std::move(on_escape))) {}

TaskGroup::~TaskGroup() {
  state_->on_escape = nullptr;
  state_->cancel();
}

std::size_t TaskGroup::size() const {
  return state_->running.size();
}

void TaskGroup::spawn(asio::awaitable<void> task) {
  if (state_->stopping) {
    return;
  }
  state_->running.emplace_back();
  const auto place = std::prev(state_->running.end());
  asio::co_spawn(state_->executor, std::move(task),
                 asio::bind_cancellation_slot(place->slot(),
                                              [state = state_, place](std::exception_ptr error) {
                                                state->ended(place, error);
                                              }));
}

asio::awaitable<void> TaskGroup::stop() {
  const auto state = state_;
  state->cancel();
  while (!state->running.empty()) {
    co_await state->emptied.async_wait(asio::as_tuple(asio::use_awaitable));
  }
}

void TaskGroup::cancel() {
  state_->cancel();
}

}  // namespace vedette
