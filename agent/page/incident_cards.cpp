// SPDX-License-Identifier: Apache-2.0
// Incidents and maintenances on the status page: cards of what is open, lists of what is over.
#include <algorithm>

#include "agent/brand/fill.h"
#include "agent/page/incident_parts.h"
#include "agent/page/page_parts.h"
#include "agent/page/status_parts.h"
#include "agent/page/words.h"

namespace vedette::page {
namespace {

using brand::fill;

constexpr std::chrono::days recent{14};
constexpr std::size_t names_told = 5;

void write_card_head(Html& html, std::string_view tone, std::string_view id, std::string_view title,
                     std::string_view badge) {
  html << "<article class=\"incident ";
  html.text(tone) << "\" id=\"i-";
  html.text(id) << "\"><header><h3>";
  write_incident_link(html, id, title);
  html << "</h3>";
  write_badge(html, tone, badge);
  html << "</header>";
}

void write_affecting(Html& html, const View& view, const std::vector<std::string>& names) {
  if (names.empty()) return;
  html << " · ";
  html.text(fill(view.strings().affecting,
                 {{"components", list_words(view.strings(), names, names_told)}}));
}

void write_open_incident(Html& html, const View& view, const IncidentView& shown) {
  const auto& incident = *shown.incident;
  write_card_head(html, tone(incident.impact), incident.id, incident.title,
                  words(view.strings(), incident.impact));
  write_update(html, *view.site, *shown.updates.front());
  html << "<p class=\"meta\">";
  write_sentence_with_time(html, *view.site, view.strings().began, incident.impact_began);
  std::vector<std::string> names;
  for (const auto& component : incident.components) names.push_back(component.name);
  write_affecting(html, view, names);
  html << "</p></article>\n";
}

void write_maintenance(Html& html, const View& view, const incident::Maintenance& maintenance) {
  write_card_head(html, "planned", maintenance.id, maintenance.title,
                  words(view.strings(), maintenance.status));
  write_prose(html, maintenance.updates.back().text);
  html << "<p class=\"meta\">";
  write_time(html, *view.site, maintenance.scheduled_for);
  html << " – ";
  write_time(html, *view.site, maintenance.scheduled_until);
  std::vector<std::string> names;
  for (const auto& key : maintenance.components) names.push_back(view.name_of(key));
  write_affecting(html, view, names);
  html << "</p></article>\n";
}

}  // namespace

void write_open_incidents(Html& html, const View& view) {
  const auto is_open = [](const IncidentView& shown) { return shown.incident->is_open(); };
  if (std::ranges::none_of(view.incidents, is_open)) return;
  write_section_head(html, "open", view.strings().open_incidents);
  for (const auto& shown : view.incidents) {
    if (is_open(shown)) write_open_incident(html, view, shown);
  }
  html << "</section>\n";
}

// What comes first stands first.
void write_maintenances(Html& html, const View& view) {
  std::vector<const incident::Maintenance*> ahead;
  for (const auto* maintenance : view.maintenances) {
    if (is_ahead(*maintenance)) ahead.insert(ahead.begin(), maintenance);
  }
  if (ahead.empty()) return;
  write_section_head(html, "maintenance", view.strings().scheduled_maintenance);
  for (const auto* maintenance : ahead) write_maintenance(html, view, *maintenance);
  html << "</section>\n";
}

void write_recent_incidents(Html& html, const View& view) {
  const auto& strings = view.strings();
  std::vector<const incident::Incident*> over;
  for (const auto& shown : view.incidents) {
    const auto& resolved = shown.incident->resolved;
    if (resolved && view.now - *resolved <= recent) over.push_back(shown.incident);
  }
  write_section_head(html, "recent", strings.recent_incidents);
  if (over.empty()) {
    html << "<p class=\"none\">";
    html.text(strings.no_recent_incidents) << "</p>\n";
  } else {
    html << "<ul class=\"rows\">\n";
    for (const auto* incident : over) write_incident_row(html, view, *incident);
    html << "</ul>\n";
  }
  html << "<p class=\"more\"><a href=\"/history\">";
  html.text(strings.whole_history) << "</a></p></section>\n";
}

}  // namespace vedette::page
