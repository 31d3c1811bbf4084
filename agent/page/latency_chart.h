// SPDX-License-Identifier: Apache-2.0
// Small drawings of how a check fared lately.
#pragma once

#include <string>

#include "agent/metrics/recent.h"
#include "agent/page/html.h"
#include "agent/page/view.h"

namespace vedette::page {

// Each of the newest runs as a bar: its height is the time it took, its colour the outcome.
void write_newest_runs(Html& html, const brand::Strings& strings,
                       const std::vector<metrics::Recent::Run>& runs);

// The last 24 hours: a bar up to the longest run of each hour, coloured by the worst
// outcome, and a line through the means.
void write_last_day(Html& html, const View& view, const std::vector<metrics::Recent::Slot>& slots);

}  // namespace vedette::page
