// SPDX-License-Identifier: Apache-2.0
#include "agent/simulate/instant_text.h"

#include "agent/calendar/instant.h"
#include "config/duration.h"

namespace vedette::simulate {

using namespace std::chrono;

std::expected<Instant, std::string> parse_moment(std::string_view text, Instant start) {
  if (const auto instant = calendar::parse_instant(text)) return *instant;
  if (const auto time = calendar::parse_time_of_day(text)) {
    const Instant same_day = floor<days>(start) + *time;
    return same_day < start ? same_day + days{1} : same_day;
  }
  if (const auto after = config::parse_duration(text)) return start + *after;
  return std::unexpected(
      "a moment is a time of day like 10:02 or 10:02:30, a duration after the start like 2m30s, or"
      " an instant like 2026-11-08T10:00:00Z");
}

}  // namespace vedette::simulate
