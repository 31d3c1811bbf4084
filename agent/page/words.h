// SPDX-License-Identifier: Apache-2.0
// What the page says in words: statuses, dates, durations, and the one sentence on top. In the
// site's own words, where it has any.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/page/view.h"

namespace vedette::page {

using brand::Brand;
using brand::Strings;

const std::string& words(const Strings& strings, incident::ComponentStatus status);
const std::string& words(const Strings& strings, uptime::Condition condition);
const std::string& words(const Strings& strings, incident::Impact impact);  // "Major impact"
const std::string& words(const Strings& strings, incident::Status status);  // "Investigating"
const std::string& words(const Strings& strings, incident::MaintenanceStatus status);

// In the site's time zone: "8 November 2026", "8 Nov 2026, 10:00:03 UTC".
std::string date_words(const Brand& brand, Instant at);
std::string time_words(const Brand& brand, Instant at);
// Of a UTC day, a month: "8 November 2026", "November 2026".
std::string day_words(const Strings& strings, uptime::Day day);
std::string month_words(const Strings& strings, std::chrono::year_month month);

// "less than a minute", "1 minute", "2 hours 5 minutes", "3 days 4 hours"
std::string duration_words(const Strings& strings, Duration span);
// "1 day", "12 days"
std::string days_words(const Strings& strings, long long count);
// "19 m", "2 h 5 m", "3 d 4 h"; at least "1 m". Its spaces do not
// break.
std::string short_duration(Duration span);
// "850 µs", "12 ms", "1.4 s"
std::string latency_words(Microseconds span);

// "100 %", "99.98 %": never rounded up, so that "100" means that there was nothing. "–" for
// nothing.
std::string percent_words(const Strings& strings, std::optional<double> share);

// "A", "A and B", "A, B and 3 more": so many names are told at most.
std::string list_words(const Strings& strings, const std::vector<std::string>& names,
                       std::size_t most);

// "All systems are operational", "Major outage affecting Payments", "Partial outage affecting 3 of
// 12 systems" ...
std::string headline(const View& view);

// "Shop had a major incident on 8 November 2026 affecting A, B and 3 more components, lasting 19
// m."
std::string summary_sentence(const View& view, const incident::Incident& incident);

}  // namespace vedette::page
