// SPDX-License-Identifier: Apache-2.0
// What the variants of a flow and its janitor have in common, on their one loop.
#pragma once

#include <cstdint>

#include "probes/flow/limits.h"
#include "probes/flow/turn.h"

namespace vedette::flow {

struct Shared {
  std::uint64_t cleanups_done = 0, cleanups_failed = 0;  // attempts, since the start
  Turn turn;
  Usage usage;
};

}  // namespace vedette::flow
