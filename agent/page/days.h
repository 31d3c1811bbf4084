// SPDX-License-Identifier: Apache-2.0
// The last 90 days of a component: what each was like, and the figures of uptime. Days are UTC
// days, the last one is today.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "agent/page/view.h"

namespace vedette::page {

inline constexpr int days_shown = 90;

struct DayView {
  uptime::Day day;
  uptime::Spent spent;
  std::vector<const store::Outline*> incidents;  // that touched the component on it

  // An outage, slowness or a maintenance, however short.
  bool has_trouble() const;
};

// Oldest first.
std::vector<DayView> last_days(const View& view, const ComponentView& component);

// Shares of the known time, from 0 to 1; nothing where nothing is known.
struct Figures {
  std::optional<double> hours_24, days_7, days_30, days_90;
};

// `days` are the component's last_days().
Figures figures(const View& view, const ComponentView& component, const std::vector<DayView>& days);

}  // namespace vedette::page
