// SPDX-License-Identifier: Apache-2.0
// What several pages show of an incident.
#pragma once

#include "agent/page/html.h"
#include "agent/page/view.h"

namespace vedette::page {

// Its status, its time, its text.
void write_update(Html& html, const Site& site, const incident::Update& update);
// A line of a list: title, when, how long, how bad.
void write_incident_row(Html& html, const View& view, const incident::Incident& incident);
void write_outline_row(Html& html, const View& view, const store::Outline& outline);

}  // namespace vedette::page
