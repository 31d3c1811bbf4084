// SPDX-License-Identifier: Apache-2.0
#include "agent/brand/strings.h"

#include <array>

namespace vedette::brand {
namespace {

#define VEDETTE_STRING(name) \
  StringKey {                \
#name, &Strings::name    \
  }
constexpr std::array keys{
    VEDETTE_STRING(operational),
    VEDETTE_STRING(degraded_performance),
    VEDETTE_STRING(partial_outage),
    VEDETTE_STRING(major_outage),
    VEDETTE_STRING(under_maintenance),
    VEDETTE_STRING(unknown),
    VEDETTE_STRING(no_data),
    VEDETTE_STRING(impact_none),
    VEDETTE_STRING(impact_minor),
    VEDETTE_STRING(impact_major),
    VEDETTE_STRING(impact_critical),
    VEDETTE_STRING(investigating),
    VEDETTE_STRING(identified),
    VEDETTE_STRING(monitoring),
    VEDETTE_STRING(resolved),
    VEDETTE_STRING(postmortem),
    VEDETTE_STRING(scheduled),
    VEDETTE_STRING(in_progress),
    VEDETTE_STRING(verifying),
    VEDETTE_STRING(completed),
    VEDETTE_STRING(all_operational),
    VEDETTE_STRING(something_affects),
    VEDETTE_STRING(maintenance_affects),
    VEDETTE_STRING(all_systems),
    VEDETTE_STRING(two_systems),
    VEDETTE_STRING(some_systems),
    VEDETTE_STRING(all_recovered),
    VEDETTE_STRING(waiting),
    VEDETTE_STRING(all_unknown),
    VEDETTE_STRING(last_change),
    VEDETTE_STRING(out_of_date),
    VEDETTE_STRING(cannot_refresh),
    VEDETTE_STRING(skip),
    VEDETTE_STRING(all_systems_link),
    VEDETTE_STRING(history),
    VEDETTE_STRING(open_incidents),
    VEDETTE_STRING(scheduled_maintenance),
    VEDETTE_STRING(components),
    VEDETTE_STRING(regions),
    VEDETTE_STRING(recent_incidents),
    VEDETTE_STRING(no_recent_incidents),
    VEDETTE_STRING(whole_history),
    VEDETTE_STRING(timeline),
    VEDETTE_STRING(affected_components),
    VEDETTE_STRING(not_found),
    VEDETTE_STRING(nothing_here),
    VEDETTE_STRING(back_to_page),
    VEDETTE_STRING(feeds),
    VEDETTE_STRING(times_are_in),
    VEDETTE_STRING(watched_by),
    VEDETTE_STRING(component_count),
    VEDETTE_STRING(days_ago),
    VEDETTE_STRING(today),
    VEDETTE_STRING(hours_24),
    VEDETTE_STRING(days_7),
    VEDETTE_STRING(days_30),
    VEDETTE_STRING(days_90),
    VEDETTE_STRING(percent),
    VEDETTE_STRING(uptime),
    VEDETTE_STRING(uptime_note),
    VEDETTE_STRING(bar_calm),
    VEDETTE_STRING(bar_trouble),
    VEDETTE_STRING(bar_empty),
    VEDETTE_STRING(no_downtime),
    VEDETTE_STRING(not_recorded),
    VEDETTE_STRING(mostly_unknown),
    VEDETTE_STRING(time_in),
    VEDETTE_STRING(trouble_days),
    VEDETTE_STRING(no_trouble_days),
    VEDETTE_STRING(needs),
    VEDETTE_STRING(measurements),
    VEDETTE_STRING(measured_from),
    VEDETTE_STRING(last_24_hours),
    VEDETTE_STRING(newest_runs),
    VEDETTE_STRING(latency_summary),
    VEDETTE_STRING(at_most),
    VEDETTE_STRING(no_runs),
    VEDETTE_STRING(badge),
    VEDETTE_STRING(impact_began),
    VEDETTE_STRING(detected),
    VEDETTE_STRING(opened),
    VEDETTE_STRING(recovered),
    VEDETTE_STRING(resolved_at),
    VEDETTE_STRING(after),
    VEDETTE_STRING(detected_by),
    VEDETTE_STRING(by_check),
    VEDETTE_STRING(by_person),
    VEDETTE_STRING(began),
    VEDETTE_STRING(lasted),
    VEDETTE_STRING(not_over),
    VEDETTE_STRING(affecting),
    VEDETTE_STRING(and_more),
    VEDETTE_STRING(from_to),
    VEDETTE_STRING(had_incident),
    VEDETTE_STRING(has_incident),
    VEDETTE_STRING(kind_none),
    VEDETTE_STRING(kind_minor),
    VEDETTE_STRING(kind_major),
    VEDETTE_STRING(kind_critical),
    VEDETTE_STRING(affecting_part),
    VEDETTE_STRING(more_components),
    VEDETTE_STRING(incidents_of),
    VEDETTE_STRING(no_incidents_then),
    VEDETTE_STRING(newer),
    VEDETTE_STRING(older),
    VEDETTE_STRING(page_of),
    VEDETTE_STRING(months),
    VEDETTE_STRING(short_months),
    VEDETTE_STRING(date),
    VEDETTE_STRING(month_and_year),
    VEDETTE_STRING(time),
    VEDETTE_STRING(less_than_a_minute),
    VEDETTE_STRING(minute),
    VEDETTE_STRING(minutes),
    VEDETTE_STRING(hour),
    VEDETTE_STRING(hours),
    VEDETTE_STRING(day),
    VEDETTE_STRING(days),
};
#undef VEDETTE_STRING

}  // namespace

std::span<const StringKey> string_keys() {
  return keys;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const auto end = text.find(' ');
    if (end != 0) words.push_back(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return words;
}

}  // namespace vedette::brand
