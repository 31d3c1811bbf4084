// SPDX-License-Identifier: Apache-2.0
// The public pages as HTML: plain markup, no inline style or script, everything from outside
// escaped.
#pragma once

#include <string>

#include "agent/metrics/check_series.h"
#include "agent/page/view.h"

namespace vedette::page {

// `out_of_date`: the store could not be read lately, and the page says so.
std::string status_page(const View& view, bool out_of_date);
std::string incident_page(const View& view, const IncidentView& incident);
std::string maintenance_page(const View& view, const incident::Maintenance& maintenance);
// `checks` are those that run; those of other components are passed over.
std::string component_page(const View& view, const ComponentView& component,
                           const std::vector<std::shared_ptr<metrics::CheckSeries>>& checks);
std::string not_found_page(const Site& site);

// Which part of which month of the history (UTC).
struct HistoryPlace {
  std::chrono::year_month month;
  std::size_t page = 1;  // from 1
  bool operator==(const HistoryPlace&) const = default;
};
inline constexpr std::size_t incidents_per_page = 50;

store::ChapterKey chapter_key(const HistoryPlace& place);
std::string history_page(const View& view, const HistoryPlace& place,
                         const store::Chapter& chapter);
// "/history/2026-11", "/history/2026-11/2"
std::string history_url(const HistoryPlace& place);
std::chrono::year_month month_of(Instant at);

}  // namespace vedette::page
