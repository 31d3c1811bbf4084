// SPDX-License-Identifier: Apache-2.0
// Evidence that needs no engineer to be understood, told with care.
#pragma once

#include <string>

#include "agent/incident/view.h"

namespace vedette::incident {

// What all that fails has in common, when that says what is broken: one conclusive reason, such as
// an expired certificate, at once; one step of a transaction once it has failed alone for
// `narrowed_after` while something else was seen to work. A public sentence; empty: nothing is
// conclusive.
std::string apparent_cause(const Votes& failing, bool something_works, Duration failing_for);

inline constexpr Duration narrowed_after{120'000};

}  // namespace vedette::incident
