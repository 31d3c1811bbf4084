// SPDX-License-Identifier: Apache-2.0
#include "agent/page/days.h"

#include <algorithm>

namespace vedette::page {
namespace {

using uptime::Condition;

bool touches(const store::Outline& incident, uptime::Day day, Instant now) {
  return incident.impact_began < Instant(day + std::chrono::days(1)) &&
         incident.resolved.value_or(now) >= Instant(day);
}

std::optional<double> share_of_last(const std::vector<DayView>& days, std::size_t count) {
  uptime::Spent sum;
  for (auto i = days.size() - std::min(count, days.size()); i < days.size(); ++i) {
    sum += days[i].spent;
  }
  return uptime::availability(sum);
}

}  // namespace

bool DayView::has_trouble() const {
  const auto mark = uptime::mark_of(spent);
  return mark && *mark != Condition::operational && *mark != Condition::unknown;
}

std::vector<DayView> last_days(const View& view, const ComponentView& component) {
  const auto today = std::chrono::floor<std::chrono::days>(view.now);
  std::vector<DayView> days;
  days.reserve(days_shown);
  for (auto day = today - std::chrono::days(days_shown - 1); day <= today;
       day += std::chrono::days(1)) {
    DayView shown{day, {}, {}};
    if (component.history != nullptr) {
      shown.spent = uptime::spent_on(*component.history, view.snapshot->gaps, day, view.now);
    }
    for (const auto* incident : component.incidents) {
      if (touches(*incident, day, view.now)) shown.incidents.push_back(incident);
    }
    days.push_back(std::move(shown));
  }
  return days;
}

Figures figures(const View& view, const ComponentView& component,
                const std::vector<DayView>& days) {
  Figures shares;
  if (component.history != nullptr) {
    shares.hours_24 =
        uptime::availability(uptime::spent(component.history->stretches, view.snapshot->gaps,
                                           view.now - std::chrono::hours(24), view.now));
  }
  shares.days_7 = share_of_last(days, 7);
  shares.days_30 = share_of_last(days, 30);
  shares.days_90 = share_of_last(days, 90);
  return shares;
}

}  // namespace vedette::page
