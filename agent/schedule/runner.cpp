// SPDX-License-Identifier: Apache-2.0
#include "agent/schedule/runner.h"

#include "probes/net/toolbox.h"

namespace vedette::schedule {

namespace asio = boost::asio;

Runner::Runner(net::Toolbox& net, Job job, double jitter)
    : net_(net), job_(std::move(job)), timetable_(job_.name, job_.every, Steady::now(), jitter) {}

asio::awaitable<void> Runner::run() {
  const auto started = Steady::now();
  const auto lateness = std::chrono::duration_cast<Microseconds>(started - timetable_.due());
  const auto passed_over = timetable_.advance(started);
  job_.observer->on_start(lateness);
  if (passed_over > 0) job_.observer->on_skipped(passed_over);
  auto result = co_await run_probe(Deadline{started + job_.timeout});
  if (stopped_) co_return;
  const auto again = job_.observer->on_result(std::move(result));
  if (again) timetable_.confirm(Steady::now() + *again);
}

void Runner::hurry() {
  if (job_.after_change) timetable_.hurry(Steady::now(), *job_.after_change);
}

// A bug in a probe must not end the watch over its component: it is told as "could not see".
asio::awaitable<Result> Runner::run_probe(Deadline deadline) {
  const auto started_at = wall_now();
  std::string problem;
  try {
    RunInput input{net_,
                   deadline,
                   job_.observer->memory(),
                   job_.identity,
                   job_.services.get(),
                   job_.keep_answer};
    co_return co_await job_.probe->run(std::move(input));
  } catch (const std::exception& error) {
    problem = error.what();
  }
  Result result;
  result.reason = Reason::agent_blind;
  result.message = "the probe ended with an internal error: " + problem;
  result.started_at = started_at;
  co_return result;
}

}  // namespace vedette::schedule
