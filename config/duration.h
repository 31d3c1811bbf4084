// SPDX-License-Identifier: Apache-2.0
// "90s", "1m30s", "250ms" <-> a duration. Units: ms, s, m, h, d; whole milliseconds; no negative
// values.
#pragma once

#include <chrono>
#include <expected>
#include <string>
#include <string_view>

namespace vedette {

using Duration = std::chrono::milliseconds;

namespace config {

// At most 10 years. The error is one sentence that names the remedy.
std::expected<Duration, std::string> parse_duration(std::string_view text);

// The shortest exact form: "1m30s"; 0 is "0s".
std::string format_duration(Duration duration);

}  // namespace config
}  // namespace vedette
