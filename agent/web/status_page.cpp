// SPDX-License-Identifier: Apache-2.0
// One function for each part of the page, in the order in which the eye meets them.
#include <algorithm>

#include "agent/web/page.h"
#include "agent/web/page_parts.h"
#include "agent/web/words.h"

namespace vedette::web {
namespace {

using incident::ComponentStatus;

constexpr std::size_t recent_shown = 15;

// As bad as the worst component.
std::string_view overall_tone(const View& view) {
  for (const auto status :
       {ComponentStatus::major_outage, ComponentStatus::partial_outage,
        ComponentStatus::degraded_performance, ComponentStatus::under_maintenance}) {
    if (std::ranges::find(view.components, status, &ComponentView::status) !=
        view.components.end()) {
      return tone(status);
    }
  }
  return std::ranges::any_of(view.components, &ComponentView::known) ? "good" : "quiet";
}

void write_overall(Html& html, const View& view, bool out_of_date) {
  const auto shown = overall_tone(view);
  html << "<section class=\"overall ";
  html.text(shown) << "\" role=\"status\">";
  write_icon(html, shown);
  html << "<div><h1>";
  html.text(headline(view)) << "</h1><p>Last change ";
  write_time(html, view.updated);
  html << "</p></div></section>\n";
  if (out_of_date) {
    html << "<p class=\"notice\" role=\"alert\">This page may be out of date: the newest results "
            "cannot be "
            "recorded at the moment. Monitoring itself goes on.</p>\n";
  }
}

void write_incident_link(Html& html, const incident::Incident& incident) {
  html << "<a href=\"/incidents/";
  html.text(incident.id) << "\">";
  html.text(incident.title) << "</a>";
}

void write_open_incident(Html& html, const IncidentView& shown) {
  const auto& incident = *shown.incident;
  html << "<article class=\"incident ";
  html.text(tone(incident.impact)) << "\"><header><h3>";
  write_incident_link(html, incident);
  html << "</h3>";
  write_badge(html, tone(incident.impact), words(incident.impact));
  html << "</header>";
  write_update(html, *shown.updates.front());
  html << "<p class=\"meta\">Began ";
  write_time(html, incident.impact_began);
  html << "</p></article>\n";
}

void write_open_incidents(Html& html, const View& view) {
  const auto open =
      std::ranges::count_if(view.incidents, [](const auto& i) { return i.incident->is_open(); });
  if (open == 0) return;
  html << "<section aria-labelledby=\"open\"><h2 id=\"open\">Open incidents</h2>\n";
  for (const auto& shown : view.incidents) {
    if (shown.incident->is_open()) write_open_incident(html, shown);
  }
  html << "</section>\n";
}

void write_state(Html& html, const ComponentView& component) {
  const auto shown = component.known ? tone(component.status) : "quiet";
  html << "<span class=\"state ";
  html.text(shown) << "\">";
  html.text(component.known ? words(component.status) : "No data yet");
  write_icon(html, shown);
  html << "</span>";
}

void write_row(Html& html, const ComponentView& component) {
  html << "<li><div class=\"what\"><span class=\"name\">";
  html.text(component.name) << "</span>";
  if (!component.description.empty()) {
    html << "<span class=\"about\">";
    html.text(component.description) << "</span>";
  }
  html << "</div>";
  write_state(html, component);
  html << "</li>\n";
}

void write_group_head(Html& html, const ComponentView& group) {
  html << "<div class=\"group\"><h3>";
  html.text(group.name) << "</h3></div>\n<ul class=\"rows\">\n";
}

// Neighbours that stand alone share one list; each group has its own under its name.
void write_components(Html& html, const View& view) {
  if (view.components.empty()) return;
  html << "<section aria-labelledby=\"components\"><h2 id=\"components\">Components</h2>\n";
  const std::string* open = nullptr;  // the group of the list that is being written
  for (const auto& component : view.components) {
    const bool new_list = open == nullptr || component.is_group || component.group_name != *open;
    if (new_list && open != nullptr) html << "</ul>\n";
    if (component.is_group) {
      write_group_head(html, component);
      open = &component.name;
      continue;
    }
    if (new_list) html << "<ul class=\"rows\">\n";
    open = &component.group_name;
    write_row(html, component);
  }
  html << "</ul>\n</section>\n";
}

void write_recent_incident(Html& html, const IncidentView& shown) {
  const auto& incident = *shown.incident;
  html << "<li><div class=\"what\">";
  write_incident_link(html, incident);
  html << "<span class=\"about\">";
  write_time(html, incident.impact_began);
  html << ", lasted ";
  html.text(duration_words(*incident.resolved - incident.impact_began)) << "</span></div>";
  write_badge(html, tone(incident.impact), words(incident.impact));
  html << "</li>\n";
}

void write_recent_incidents(Html& html, const View& view) {
  html << "<section aria-labelledby=\"recent\"><h2 id=\"recent\">Recent incidents</h2>\n";
  std::size_t shown = 0;
  for (const auto& past : view.incidents) {
    if (past.incident->is_open()) continue;
    if (shown == 0) html << "<ul class=\"rows\">\n";
    if (++shown > recent_shown) break;
    write_recent_incident(html, past);
  }
  if (shown == 0) {
    html << "<p class=\"none\">";
    html.text(view.incidents.empty() ? "No incidents so far." : "No earlier incidents.")
        << "</p>\n";
  } else {
    html << "</ul>\n";
  }
  html << "</section>\n";
}

}  // namespace

std::string status_page(const View& view, bool out_of_date) {
  Html html;
  write_head(html, *view.site, view.site->name, true);
  write_overall(html, view, out_of_date);
  write_open_incidents(html, view);
  write_components(html, view);
  write_recent_incidents(html, view);
  write_foot(html);
  return html.take();
}

std::string not_found_page(const Site& site) {
  Html html;
  write_head(html, site, "Page not found", false);
  html << "<section class=\"subject\"><h1>Page not found</h1><p>There is nothing at this address. "
          "<a href=\"/\">Go to the status page.</a></p></section>\n";
  write_foot(html);
  return html.take();
}

}  // namespace vedette::web
