// SPDX-License-Identifier: Apache-2.0
#include "probes/round_trip/run.h"

#include <algorithm>

#include "probes/net/toolbox.h"
#include "probes/round_trip/lookout.h"
#include "probes/round_trip/memory.h"
#include "probes/round_trip/submit.h"

namespace vedette::round_trip {
namespace {

using namespace std::chrono_literals;

constexpr Duration most_for_clearing = 2s;

// What all parts of one run know.
struct Run {
  const Settings& settings;
  Trip& trip;
  Token token;
  std::vector<Token> settled;
  Duration timeout;
};

Awaitable<Obstacle> await_arrival(const Run& run, Lookout& lookout, Deadline deadline) {
  const auto from = Steady::now();
  const Deadline until = wait_until(from, run.settings.within, deadline, run.timeout);
  run.trip.waited = std::max(Duration::zero(), std::chrono::round<Duration>(until.at - from));
  run.trip.cut_short = run.settings.within && run.trip.waited < *run.settings.within;
  return lookout.await_arrival(run.token, until, deadline);
}

// True when the message arrived and nothing of it is left in the mailbox.
Awaitable<bool> travel(Run run, Lookout& lookout, net::Toolbox& net, Deadline deadline) {
  Trip& trip = run.trip;
  trip.failure = co_await lookout.open(run.settled, run.timeout, deadline);
  if (trip.failure) co_return false;
  co_await submit(net, run.settings, trip, deadline);
  if (trip.failure) co_return false;
  trip.failure = co_await await_arrival(run, lookout, deadline);
  if (trip.failure || !trip.arrival) co_return false;
  trip.failure = co_await lookout.fetch(deadline);
  const bool removed = co_await lookout.remove(deadline);
  co_return removed && !trip.failure;
}

}  // namespace

Deadline wait_until(Steady::time_point from, std::optional<Duration> within, Deadline deadline,
                    Duration timeout) {
  const auto last = deadline.at - std::min(most_for_clearing, timeout / 10);
  return {within ? std::min(from + *within, last) : last};
}

Awaitable<Result> run(const Settings& settings, RunInput input) {
  const Instant started_at = wall_now();
  Trip trip;
  trip.owner = owner_of(input.identity);
  const Token token{trip.owner, std::chrono::floor<std::chrono::seconds>(started_at),
                    random_bits()};
  trip.sent = compose(settings.message, token, started_at);
  const std::vector<Token> settled = recall(input.memory, trip.owner);

  Lookout lookout(input.net, settings, trip);
  Run run{settings, trip, token, settled, input.deadline.remaining()};
  const bool removed = co_await travel(std::move(run), lookout, input.net, input.deadline);
  trip.clock.stop();
  co_await lookout.close(input.deadline);

  Result result = judge(settings.rules, trip, settings.mask, wall_now());
  result.started_at = started_at;
  if (removed) result.memory = remember(settled, token);
  co_return result;
}

}  // namespace vedette::round_trip
