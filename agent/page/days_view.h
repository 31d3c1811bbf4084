// SPDX-License-Identifier: Apache-2.0
// The days of a component with what they come to.
#pragma once

#include "agent/page/days.h"
#include "agent/page/html.h"

namespace vedette::page {

// The bar, from when to when it goes, and the figures of uptime.
void write_days(Html& html, const View& view, const ComponentView& component,
                const std::vector<DayView>& days);

// Its sentence, where it has one.
void write_description(Html& html, const ComponentView& component);

}  // namespace vedette::page
