// SPDX-License-Identifier: Apache-2.0
// Instants and times of day as people write them.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "probes/clock.h"

namespace vedette::calendar {

// RFC 3339: "2026-11-08T10:00:00Z", "2026-11-08T05:00:00-05:00", with or without seconds and
// milliseconds.
std::expected<Instant, std::string> parse_instant(std::string_view text);

// A day: "2026-12-01". From the year 2000 on.
std::optional<std::chrono::year_month_day> parse_date(std::string_view text);

// "10:02", "10:02:30", "10:02:30.250"; since midnight.
std::optional<Duration> parse_time_of_day(std::string_view text);

}  // namespace vedette::calendar
