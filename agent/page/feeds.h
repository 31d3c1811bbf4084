// SPDX-License-Identifier: Apache-2.0
// The history as feeds, in the shape in which Statuspage writes them: readers and aggregators know
// it. Incidents and maintenances, newest first.
#pragma once

#include <string>

#include "agent/page/view.h"

namespace vedette::page {

std::string rss_feed(const View& view);   // RSS 2.0, with <maintenanceEndDate>
std::string atom_feed(const View& view);  // RFC 4287

}  // namespace vedette::page
