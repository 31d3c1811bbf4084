// SPDX-License-Identifier: Apache-2.0
#include "agent/schedule/runner.h"

#include <fmt/format.h>

#include "probes/net/toolbox.h"

namespace vedette::schedule {

namespace asio = boost::asio;

namespace {

Duration since(Steady::time_point began) {
  return std::chrono::duration_cast<Duration>(Steady::now() - began);
}

// A bug in a probe must not end the watch over its component: it is told as "could not see".
Result escaped(const std::exception& error) {
  Result result;
  result.reason = Reason::agent_blind;
  result.message = fmt::format("the probe ended with an internal error: {}", error.what());
  return result;
}

}  // namespace

Runner::Runner(net::Toolbox& net, Job job, double jitter)
    : net_(net), job_(std::move(job)), timetable_(job_.name, job_.every, Steady::now(), jitter) {}

asio::awaitable<void> Runner::run() {
  const auto started = Steady::now();
  const auto lateness = std::chrono::duration_cast<Microseconds>(started - timetable_.due());
  const auto passed_over = timetable_.advance(started);
  job_.observer->on_start(lateness);
  if (passed_over > 0) job_.observer->on_skipped(passed_over);
  Result result;
  try {
    RunInput given = input(Deadline{started + job_.timeout});
    result = co_await job_.probe->run(std::move(given));
  } catch (const std::exception& error) {
    result = escaped(error);
    result.started_at = wall_now() - since(started);
  }
  if (stopped_) co_return;
  const auto again = job_.observer->on_result(std::move(result));
  if (again) timetable_.confirm(Steady::now() + *again);
}

void Runner::hurry() {
  if (job_.after_change) timetable_.hurry(Steady::now(), *job_.after_change);
}

RunInput Runner::input(Deadline deadline) const {
  return {net_,       deadline,        job_.observer->memory(), job_.identity, job_.services.get(),
          job_.brief, job_.keep_answer};
}

}  // namespace vedette::schedule
