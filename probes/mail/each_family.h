// SPDX-License-Identifier: Apache-2.0
// One session for each IP family that is wanted, one after the other.
#pragma once

#include <vector>

#include "probes/mail/server.h"
#include "probes/peer/judge.h"
#include "probes/result.h"

namespace vedette::mail {

// `ask` makes an Awaitable<Result> out of (const Server&, Deadline). The first of two may use half
// of the time. `servers` outlive the run.
template <class Ask>
Awaitable<Result> each_family(const std::vector<Server>& servers, Deadline deadline, Ask ask) {
  const Instant started_at = wall_now();
  const bool both = servers.size() > 1;
  Result result = co_await ask(servers.front(), both ? deadline.halfway() : deadline);
  if (both) {
    Result second = co_await ask(servers.back(), deadline);
    result = peer::combine(std::move(result), std::move(second));
  }
  result.started_at = started_at;
  co_return result;
}

}  // namespace vedette::mail
