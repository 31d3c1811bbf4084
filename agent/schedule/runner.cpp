// SPDX-License-Identifier: Apache-2.0
#include "agent/schedule/runner.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "probes/net/toolbox.h"

namespace vedette::schedule {

namespace asio = boost::asio;

Runner::Runner(net::Toolbox& net, Slots& slots, Job job, double jitter)
    : net_(net),
      slots_(slots),
      job_(std::move(job)),
      timetable_(job_.name, job_.every, Steady::now(), jitter),
      timer_(net.loop()) {}

asio::awaitable<void> Runner::run() {
  for (;;) {
    const bool go = co_await wait_for_start();
    if (!go) co_return;
    co_await run_once();
    slots_.release();
  }
}

void Runner::stop() {
  stopped_ = true;
  timer_.cancel();
}

// True with a slot taken; false when the runner is to end.
asio::awaitable<bool> Runner::wait_for_start() {
  timer_.expires_at(timetable_.due());
  const auto [error] = co_await timer_.async_wait(asio::as_tuple(asio::use_awaitable));
  if (stopped_ || error) co_return false;
  if (!co_await slots_.acquire(timer_)) co_return false;
  if (stopped_) slots_.release();
  co_return !stopped_;
}

asio::awaitable<void> Runner::run_once() {
  const auto started = Steady::now();
  job_.observer->on_start(std::chrono::duration_cast<Microseconds>(started - timetable_.due()));
  skip(timetable_.advance(started));
  auto result = co_await run_probe(Deadline{started + job_.timeout});
  if (stopped_) co_return;
  const auto again = job_.observer->on_result(std::move(result));
  if (again) timetable_.confirm(Steady::now() + *again);
}

// A bug in a probe must not end the watch over its component: it is told as "could not see".
asio::awaitable<Result> Runner::run_probe(Deadline deadline) {
  const auto started_at = wall_now();
  std::string problem;
  try {
    co_return co_await job_.probe->run(net_, deadline);
  } catch (const std::exception& error) {
    problem = error.what();
  }
  Result result;
  result.reason = Reason::agent_blind;
  result.message = "the probe ended with an internal error: " + problem;
  result.started_at = started_at;
  co_return result;
}

void Runner::skip(std::int64_t slots) {
  if (slots > 0) job_.observer->on_skipped(slots);
}

}  // namespace vedette::schedule
