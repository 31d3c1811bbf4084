// SPDX-License-Identifier: Apache-2.0
#include "agent/page/incident_parts.h"

#include "agent/brand/fill.h"
#include "agent/page/markdown.h"
#include "agent/page/page_parts.h"
#include "agent/page/words.h"

namespace vedette::page {
namespace {

void write_when(Html& html, const View& view, Instant began, std::optional<Instant> resolved) {
  const auto& strings = view.strings();
  const auto sentence =
      resolved
          ? brand::fill(strings.lasted, {{"duration", duration_words(strings, *resolved - began)}})
          : strings.not_over;
  write_sentence_with_time(html, *view.site, sentence, began);
}

}  // namespace

void write_update(Html& html, const Site& site, const incident::Update& update) {
  html << "<p class=\"said\"><strong>";
  html.text(words(site.brand.strings, update.status)) << "</strong> ";
  write_time(html, site, update.at);
  html << "</p>";
  if (update.status == incident::Status::postmortem) {
    html << "<div class=\"prose\">";
    html.append(markdown_to_html(update.text)) << "</div>";
  } else {
    write_prose(html, update.text);
  }
}

void write_outline_row(Html& html, const View& view, const store::Outline& outline) {
  html << "<li><div class=\"what\">";
  write_incident_link(html, outline.id, outline.title);
  html << "<span class=\"about\">";
  write_when(html, view, outline.impact_began, outline.resolved);
  html << "</span></div>";
  write_badge(html, tone(outline.impact), words(view.strings(), outline.impact));
  html << "</li>\n";
}

void write_incident_row(Html& html, const View& view, const incident::Incident& incident) {
  write_outline_row(
      html, view,
      {incident.id, incident.title, incident.impact, incident.impact_began, incident.resolved, {}});
}

}  // namespace vedette::page
