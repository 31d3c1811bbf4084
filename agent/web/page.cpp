// SPDX-License-Identifier: Apache-2.0
// One function for each part of a page, in the order in which the eye meets them.
#include "agent/web/page.h"

#include <algorithm>

#include "agent/web/assets.h"
#include "agent/web/html.h"
#include "agent/web/words.h"

namespace vedette::web {
namespace {

using incident::ComponentStatus;

constexpr std::size_t recent_shown = 15;

// The state of a row as a class name; the stylesheet gives it its colour.
std::string_view tone(ComponentStatus status) {
  switch (status) {
    case ComponentStatus::operational:
      return "good";
    case ComponentStatus::degraded_performance:
      return "minor";
    case ComponentStatus::partial_outage:
      return "major";
    case ComponentStatus::major_outage:
      return "critical";
    case ComponentStatus::under_maintenance:
      break;
  }
  return "planned";
}

std::string_view tone(incident::Impact impact) {
  return impact == incident::Impact::none ? "quiet" : incident::text(impact);
}

void write_time(Html& html, Instant at) {
  html << "<time datetime=\"";
  html.text(format_instant(at)) << "\">";
  html.text(time_words(at)) << "</time>";
}

// States differ in shape too, not only in colour.
void write_icon(Html& html, std::string_view tone) {
  html << "<svg class=\"icon\" viewBox=\"0 0 20 20\" aria-hidden=\"true\"><circle cx=\"10\" "
          "cy=\"10\" r=\"10\"/>";
  if (tone == "good") {
    html << "<path d=\"M5.6 10.4l3 3 5.8-6.2\"/>";
  } else if (tone == "minor") {
    html << "<path d=\"M5 10h10\"/>";
  } else if (tone == "planned" || tone == "quiet") {
    html << "<path d=\"M10 5.2V10l3 2.4\"/>";
  } else {
    html << "<path d=\"M10 4.8v6.4M10 14.6v.4\"/>";
  }
  html << "</svg>";
}

void write_head(Html& html, const Site& site, std::string_view title, bool refreshing) {
  html << "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
          "<meta name=\"color-scheme\" content=\"light dark\">\n<title>";
  html.text(title);
  if (title != site.name) html << " · ", html.text(site.name);
  html << "</title>\n<link rel=\"icon\" type=\"image/svg+xml\" href=\"";
  html.text(asset_url("favicon.svg")) << "\">\n<link rel=\"stylesheet\" href=\"";
  html.text(asset_url("page.css")) << "\">\n";
  if (refreshing) {
    html << "<script defer src=\"";
    html.text(asset_url("page.js"))
        << "\"></script>\n"
           "<noscript><meta http-equiv=\"refresh\" content=\"30\"></noscript>\n";
  }
  html << "</head>\n<body>\n<header class=\"top\"><a class=\"brand\" href=\"/\">";
  html << "<svg class=\"mark\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"M4 21V3\"/>"
          "<path class=\"flag\" d=\"M4 4h15l-4 5 4 5H4z\"/></svg><span>";
  html.text(site.name) << "</span></a></header>\n<main>\n";
}

void write_foot(Html& html) {
  html << "</main>\n<footer><p>Times are in UTC.</p><p><a href=\"/api/v2/summary.json\">JSON</a>"
          " · Watched by Vedette</p></footer>\n</body>\n</html>\n";
}

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

void write_badge(Html& html, std::string_view shown_tone, std::string_view text) {
  html << "<span class=\"badge ";
  html.text(shown_tone) << "\">";
  html.text(text) << "</span>";
}

void write_incident_link(Html& html, const incident::Incident& incident) {
  html << "<a href=\"/incidents/";
  html.text(incident.id) << "\">";
  html.text(incident.title) << "</a>";
}

// Paragraphs where the text has empty lines, line breaks where it has others.
void write_prose(Html& html, std::string_view text) {
  html << "<p>";
  while (!text.empty()) {
    const auto end = text.find('\n');
    html.text(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
    if (text.empty()) break;
    if (text.starts_with('\n')) {
      html << "</p><p>";
      text.remove_prefix(1);
    } else {
      html << "<br>";
    }
  }
  html << "</p>";
}

void write_update(Html& html, const incident::Update& update) {
  html << "<p class=\"said\"><strong>";
  html.text(words(update.status)) << "</strong> ";
  write_time(html, update.at);
  html << "</p>";
  write_prose(html, update.text);
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
    html << "<p class=\"none\">No incidents so far.</p>\n";
  } else {
    html << "</ul>\n";
  }
  html << "</section>\n";
}

void write_fact_name(Html& html, std::string_view name) {
  html << "<div><dt>";
  html.text(name) << "</dt><dd>";
}

void write_instant_fact(Html& html, std::string_view name, const std::optional<Instant>& at) {
  if (!at) return;
  write_fact_name(html, name);
  write_time(html, *at);
  html << "</dd></div>";
}

void write_facts(Html& html, const incident::Incident& incident) {
  html << "<dl class=\"facts\">";
  write_instant_fact(html, "Impact began", incident.impact_began);
  write_instant_fact(html, "Detected", incident.detected);
  write_instant_fact(html, "Recovered", incident.mitigated);
  write_instant_fact(html, "Resolved", incident.resolved);
  if (incident.resolved) {
    write_fact_name(html, "Lasted");
    html.text(duration_words(*incident.resolved - incident.impact_began)) << "</dd></div>";
  }
  html << "</dl>\n";
}

void write_affected(Html& html, const incident::Update& update) {
  if (update.affected.empty()) return;
  html << "<ul class=\"affected\">";
  for (const auto& component : update.affected) {
    html << "<li class=\"";
    html.text(tone(component.new_status)) << "\">";
    html.text(component.name) << ": ";
    html.text(words(component.new_status)) << "</li>";
  }
  html << "</ul>";
}

void write_timeline(Html& html, const IncidentView& shown) {
  html << "<section aria-labelledby=\"timeline\"><h2 id=\"timeline\">Timeline</h2>\n<ol "
          "class=\"timeline\" reversed>\n";
  for (const auto* update : shown.updates) {
    html << "<li class=\"";
    html.text(incident::text(update->status)) << "\">";
    write_update(html, *update);
    write_affected(html, *update);
    html << "</li>\n";
  }
  html << "</ol>\n</section>\n";
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

std::string incident_page(const View& view, const IncidentView& shown) {
  const auto& incident = *shown.incident;
  Html html;
  write_head(html, *view.site, incident.title, incident.is_open());
  html << "<section class=\"subject\"><p class=\"back\"><a href=\"/\">All systems</a></p><h1>";
  html.text(incident.title) << "</h1><p class=\"badges\">";
  write_badge(html, incident.is_open() ? tone(incident.impact) : "good", words(incident.status));
  write_badge(html, tone(incident.impact), words(incident.impact));
  html << "</p>";
  write_facts(html, incident);
  html << "</section>\n";
  write_timeline(html, shown);
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
