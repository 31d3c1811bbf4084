// SPDX-License-Identifier: Apache-2.0
// The keys of a check that are about changes: `after_change` and `watch_for_changes`.
#pragma once

#include <optional>

#include "agent/schedule/timetable.h"
#include "config/node.h"

namespace vedette::settings {

// `after_change: {every: 5s, for: 5m}`, or `none`. What it leaves out, or the whole, is as in
// `base`.
std::optional<schedule::Pace> read_after_change(config::Section& section,
                                                std::optional<schedule::Pace> base);

}  // namespace vedette::settings
