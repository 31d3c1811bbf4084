// SPDX-License-Identifier: Apache-2.0
// POST /hooks/changes/{name}: where a CI and the like tell what they have done, in their own words.
// 201 with the change, 200 when it is known or none, 401, 404, 422 when something is missing in the
// call, 503 when the store is away.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "agent/operator/api.h"
#include "agent/receivers/receiver.h"

namespace vedette::operators {

// Used on the core loop only; outlives its requests.
class ChangeHooks {
 public:
  // Both outlive it, and may change between two requests.
  ChangeHooks(const web::State& state, const Means& means) : state_(state), means_(means) {}

  std::vector<web::Route> routes();

 private:
  // A call that was answered: who calls again, because the answer was lost, is told the same.
  struct Answered {
    std::uint64_t call = 0;
    Instant at{};
    incident::Change change;
  };

  Awaitable<web::Response> take(const web::Request& request);
  Awaitable<web::Response> record(incident::Change change, std::uint64_t call);
  const Answered* known(std::uint64_t call);

  const web::State& state_;
  const Means& means_;
  std::deque<Answered> answered_;
};

}  // namespace vedette::operators
