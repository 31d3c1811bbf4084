// SPDX-License-Identifier: Apache-2.0
#include "agent/web/page.h"
#include "agent/web/page_parts.h"
#include "agent/web/words.h"

namespace vedette::web {
namespace {

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

}  // namespace vedette::web
