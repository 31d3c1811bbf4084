// SPDX-License-Identifier: Apache-2.0
// The two kinds of time: steady for durations and deadlines, wall-clock UTC milliseconds for
// records.
#pragma once

#include <chrono>
#include <string>

#include "config/duration.h"

namespace vedette {

using Steady = std::chrono::steady_clock;
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
using Microseconds = std::chrono::microseconds;

inline Instant wall_now() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

// RFC 3339 in UTC with milliseconds: "2026-11-08T10:00:03.250Z".
std::string format_instant(Instant instant);

}  // namespace vedette
