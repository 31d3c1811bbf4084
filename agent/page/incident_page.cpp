// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "agent/brand/fill.h"
#include "agent/page/incident_parts.h"
#include "agent/page/page.h"
#include "agent/page/page_parts.h"
#include "agent/page/words.h"

namespace vedette::page {
namespace {

using incident::Incident;
using incident::Update;

// One of the five instants, with its distance from the first.
void write_step(Html& html, const Site& site, const std::string& name,
                const std::optional<Instant>& at, Instant began) {
  if (!at) return;
  html << "<li><span class=\"step\">";
  html.text(name) << "</span>";
  write_time(html, site, *at);
  const auto later = *at - began;
  if (later > Duration(0)) {
    const auto span = later < std::chrono::minutes(1)
                          ? std::to_string(std::max<std::int64_t>(1, later.count() / 1000)) + " s"
                          : short_duration(later);
    html << "<span class=\"after\">+";
    html.text(span) << "</span>";
  }
  html << "</li>";
}

void write_steps(Html& html, const View& view, const Incident& incident) {
  const auto& strings = view.strings();
  const auto step = [&](const std::string& name, const std::optional<Instant>& at) {
    write_step(html, *view.site, name, at, incident.impact_began);
  };
  html << "<ol class=\"steps\">";
  step(strings.impact_began, incident.impact_began);
  step(strings.detected, incident.detected);
  step(strings.opened, incident.opened);
  step(strings.recovered, incident.mitigated);
  step(strings.resolved_at, incident.resolved);
  html << "</ol>\n";
}

// "check portal-login in eu-west" without the name of the check, which is nobody's business; a
// person is not named either.
std::string detected_by(const brand::Strings& strings, const Incident& incident) {
  const std::string_view told = incident.detected_by;
  const auto place = told.rfind(" in ");
  if (told.starts_with("check ") && place != std::string_view::npos) {
    return brand::fill(strings.by_check, {{"region", told.substr(place + 4)}});
  }
  return told.empty() ? "" : strings.by_person;
}

// How one component is, or was.
void write_affected_item(Html& html, const View& view, const std::string& name,
                         incident::ComponentStatus status) {
  html << "<li class=\"";
  html.text(tone(status)) << "\">";
  html.text(name) << ": ";
  html.text(words(view.strings(), status)) << "</li>";
}

void write_affected_now(Html& html, const View& view, const Incident& incident) {
  if (incident.components.empty()) return;
  html << "<div><dt>";
  html.text(view.strings().affected_components) << "</dt><dd><ul class=\"affected\">";
  for (const auto& component : incident.components) {
    write_affected_item(html, view, component.name, component.status);
  }
  html << "</ul></dd></div>";
}

void write_facts(Html& html, const View& view, const Incident& incident) {
  html << "<dl class=\"facts\">";
  write_affected_now(html, view, incident);
  if (const auto by = detected_by(view.strings(), incident); !by.empty()) {
    html << "<div><dt>";
    html.text(view.strings().detected_by) << "</dt><dd>";
    html.text(by) << "</dd></div>";
  }
  html << "</dl>\n";
}

void write_affected(Html& html, const View& view, const Update& update) {
  if (update.affected.empty()) return;
  html << "<ul class=\"affected\">";
  for (const auto& component : update.affected) {
    write_affected_item(html, view, component.name, component.new_status);
  }
  html << "</ul>";
}

void write_timeline(Html& html, const View& view, const IncidentView& shown) {
  write_section_head(html, "timeline", view.strings().timeline);
  html << "<ol class=\"timeline\" reversed>\n";
  for (const auto* update : shown.updates) {
    html << "<li class=\"";
    html.text(incident::text(update->status)) << "\" id=\"u-";
    html.number(update->sequence) << "\">";
    write_update(html, *view.site, *update);
    write_affected(html, view, *update);
    html << "</li>\n";
  }
  html << "</ol>\n</section>\n";
}

}  // namespace

std::string incident_page(const View& view, const IncidentView& shown) {
  const auto& incident = *shown.incident;
  const auto summary = summary_sentence(view, incident);
  Html html;
  write_head(html, *view.site, {.title = incident.title, .about = summary});
  html << "<section class=\"subject\" id=\"subject\">";
  write_back_link(html, view.strings());
  html << "<h1>";
  html.text(incident.title) << "</h1><p class=\"badges\">";
  write_badge(html, incident.is_open() ? tone(incident.impact) : "good",
              words(view.strings(), incident.status));
  write_badge(html, tone(incident.impact), words(view.strings(), incident.impact));
  html << "</p><p class=\"summary\">";
  html.text(summary) << "</p>";
  write_steps(html, view, incident);
  write_facts(html, view, incident);
  html << "</section>\n";
  write_timeline(html, view, shown);
  write_foot(html, *view.site);
  return html.take();
}

std::string maintenance_page(const View& view, const incident::Maintenance& maintenance) {
  Html html;
  write_head(html, *view.site, {.title = maintenance.title, .about = {}});
  html << "<section class=\"subject\" id=\"subject\">";
  write_back_link(html, view.strings());
  html << "<h1>";
  html.text(maintenance.title) << "</h1><p class=\"badges\">";
  write_badge(html, "planned", words(view.strings(), maintenance.status));
  html << "</p><p class=\"summary\">";
  write_time(html, *view.site, maintenance.scheduled_for);
  html << " – ";
  write_time(html, *view.site, maintenance.scheduled_until);
  html << "</p></section>\n";
  write_section_head(html, "timeline", view.strings().timeline);
  html << "<ol class=\"timeline\" reversed>\n";
  for (auto update = maintenance.updates.rbegin(); update != maintenance.updates.rend(); ++update) {
    html << "<li class=\"planned\"><p class=\"said\"><strong>";
    html.text(words(view.strings(), update->status)) << "</strong> ";
    write_time(html, *view.site, update->at);
    html << "</p>";
    write_prose(html, update->text);
    html << "</li>\n";
  }
  html << "</ol>\n</section>\n";
  write_foot(html, *view.site);
  return html.take();
}

}  // namespace vedette::page
