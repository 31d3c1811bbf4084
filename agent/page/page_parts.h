// SPDX-License-Identifier: Apache-2.0
// The parts that the public pages share.
#pragma once

#include <string_view>

#include "agent/page/html.h"
#include "agent/page/view.h"

namespace vedette::page {

// A state as a class name; the stylesheet gives it its colour: good, minor, major, critical,
// planned, quiet.
std::string_view tone(incident::ComponentStatus status);
std::string_view tone(uptime::Condition condition);
std::string_view tone(incident::Impact impact);

struct Frame {
  std::string_view title;
  std::string_view about;  // what search engines and previews show; empty: nothing
  bool refreshing = true;  // the page keeps itself fresh
};

// Everything up to and with <main>.
void write_head(Html& html, const Site& site, const Frame& frame);
// Everything from </main> on.
void write_foot(Html& html, const Site& site);

void write_time(Html& html, const Site& site, Instant at);
// A sentence with a {time} in it, which becomes a time element; other holes are filled already.
void write_sentence_with_time(Html& html, const Site& site, std::string_view sentence, Instant at);
// States differ in shape too, not only in colour.
void write_icon(Html& html, std::string_view tone);
void write_badge(Html& html, std::string_view tone, std::string_view text);
// Paragraphs where the text has empty lines, line breaks where it has others.
void write_prose(Html& html, std::string_view text);
void write_incident_link(Html& html, std::string_view id, std::string_view title);
void write_section_head(Html& html, std::string_view id, std::string_view heading);
// The state of a component in words and as an icon.
void write_state(Html& html, const brand::Strings& strings, const ComponentView& component);
void write_back_link(Html& html, const brand::Strings& strings);

}  // namespace vedette::page
