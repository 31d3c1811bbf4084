// SPDX-License-Identifier: Apache-2.0
// The public pages as HTML: plain markup, no inline style or script, everything from outside
// escaped.
#pragma once

#include <string>

#include "agent/web/view.h"

namespace vedette::web {

// `out_of_date`: the store could not be read lately, and the page says so.
std::string status_page(const View& view, bool out_of_date);
std::string incident_page(const View& view, const IncidentView& incident);
std::string not_found_page(const Site& site);

}  // namespace vedette::web
