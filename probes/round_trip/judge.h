// SPDX-License-Identifier: Apache-2.0
// From what a run saw to its result. No I/O.
#pragma once

#include <string>
#include <vector>

#include "probes/peer/judge.h"
#include "probes/result.h"
#include "probes/round_trip/trip.h"
#include "probes/transcript.h"

namespace vedette::round_trip {

// What the configuration says of the judgement.
struct Rules {
  std::vector<std::string> folders;  // at least one
  std::vector<std::string> trusted;  // servers whose Authentication-Results count
  // pass: it may happen.
  Outcome junk = Outcome::fail;
  Outcome altered = Outcome::fail;
  Outcome duplicated = Outcome::degraded;
  peer::Expectations expectations;
};

// `started_at` and `memory` are left to the caller. `now` is compared with certificates.
Result judge(const Rules& rules, const Trip& trip, const Mask& mask, Instant now);

}  // namespace vedette::round_trip
