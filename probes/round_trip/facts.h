// SPDX-License-Identifier: Apache-2.0
// What a run was made of, as named facts for people; also when it failed.
#pragma once

#include <vector>

#include "probes/result.h"
#include "probes/round_trip/subjects.h"

namespace vedette::round_trip {

// `reading` is null when nothing was fetched.
std::vector<Fact> facts_of(const Trip& trip, const Reading* reading);

}  // namespace vedette::round_trip
