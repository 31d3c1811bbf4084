// SPDX-License-Identifier: Apache-2.0
// One run over one family or over both, one after the other; both must pass then.
#pragma once

#include <vector>

#include "probes/net/http_client.h"
#include "probes/peer/judge.h"
#include "probes/probe.h"

namespace vedette::peer {

// Calls probe.run_over(family, input) for each family, with an equal part of what time is left.
// `probe` and `families` outlive the run.
template <class Probe>
Awaitable<Result> over_families(const Probe& probe, const std::vector<net::IpFamily>& families,
                                RunInput input) {
  const Instant started_at = wall_now();
  const Deadline deadline = input.deadline;
  input.deadline = deadline.share(families.size());
  Result result = co_await probe.run_over(families.front(), input);
  if (families.size() > 1) {
    input.deadline = deadline;
    Result second = co_await probe.run_over(families.back(), input);
    result = combine(std::move(result), std::move(second));
  }
  result.started_at = started_at;
  co_return result;
}

}  // namespace vedette::peer
