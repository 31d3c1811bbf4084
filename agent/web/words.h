// SPDX-License-Identifier: Apache-2.0
// What the page says in words: statuses, dates, durations, and the one sentence on top.
#pragma once

#include <string>
#include <string_view>

#include "agent/web/view.h"

namespace vedette::web {

std::string_view words(incident::ComponentStatus status);  // "Major outage"
std::string_view words(incident::Impact impact);           // "Major impact"
std::string_view words(incident::Status status);           // "Investigating"

std::string date_words(Instant at);  // "8 November 2026"
std::string time_words(Instant at);  // "8 Nov 2026, 10:00:03 UTC"
std::string duration_words(
    Duration span);  // "less than a minute", "1 minute", "2 hours 5 minutes", "3 days 4 hours"

// "All systems are operational", "Major outage affecting Payments", "Partial outage affecting 3 of
// 12 systems" ...
std::string headline(const View& view);

}  // namespace vedette::web
