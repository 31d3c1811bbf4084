// SPDX-License-Identifier: Apache-2.0
// The bar of 90 days as one small drawing: runs of equal days are one stroke each, days with
// trouble are links that tell what was.
#pragma once

#include <vector>

#include "agent/page/days.h"
#include "agent/page/html.h"

namespace vedette::page {

void write_days_bar(Html& html, const View& view, const ComponentView& component,
                    const std::vector<DayView>& days);

// "Major outage for 12 minutes", and so on for each condition that says something, worst first;
// one line each.
std::vector<std::string> troubles_of(const View& view, const DayView& day);

}  // namespace vedette::page
