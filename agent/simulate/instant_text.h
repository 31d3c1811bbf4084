// SPDX-License-Identifier: Apache-2.0
// The three ways in which a scenario names an instant.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "probes/clock.h"

namespace vedette::simulate {

// An instant (agent/calendar/instant.h); or a time of day, "10:02" or "10:02:30", the first one at
// or after `start`; or a duration after `start`, "2m30s".
std::expected<Instant, std::string> parse_moment(std::string_view text, Instant start);

}  // namespace vedette::simulate
