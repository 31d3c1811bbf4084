// SPDX-License-Identifier: Apache-2.0
// The larger parts of the status page. Each writes nothing where there is nothing to show.
#pragma once

#include "agent/page/html.h"
#include "agent/page/view.h"

namespace vedette::page {

// The one sentence.
void write_overall(Html& html, const View& view, bool out_of_date);
void write_open_incidents(Html& html, const View& view);
void write_maintenances(Html& html, const View& view);
void write_components(Html& html, const View& view);
// Component by region, where more than one region probes.
void write_regions(Html& html, const View& view);
// Of the last 14 days; says so when there were none.
void write_recent_incidents(Html& html, const View& view);

}  // namespace vedette::page
