// SPDX-License-Identifier: Apache-2.0
// A small picture of a component's state for other pages.
#pragma once

#include <string>

#include "agent/page/view.h"

namespace vedette::page {

// Plain SVG: the name, the state, and the uptime of 90 days where it is known.
std::string badge_svg(const View& view, const ComponentView& component);

}  // namespace vedette::page
