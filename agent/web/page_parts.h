// SPDX-License-Identifier: Apache-2.0
// The parts that the public pages share.
#pragma once

#include <string_view>

#include "agent/web/html.h"
#include "agent/web/view.h"

namespace vedette::web {

// A state as a class name; the stylesheet gives it its colour: good, minor, major, critical,
// planned, quiet.
std::string_view tone(incident::ComponentStatus status);
std::string_view tone(incident::Impact impact);

// Everything up to and with <main>. `refreshing`: the page keeps itself fresh.
void write_head(Html& html, const Site& site, std::string_view title, bool refreshing);
// Everything from </main> on.
void write_foot(Html& html);

void write_time(Html& html, Instant at);
// States differ in shape too, not only in colour.
void write_icon(Html& html, std::string_view tone);
void write_badge(Html& html, std::string_view tone, std::string_view text);
void write_update(Html& html, const incident::Update& update);

}  // namespace vedette::web
