// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "agent/brand/fill.h"
#include "agent/page/days_bar.h"
#include "agent/page/days_view.h"
#include "agent/page/incident_parts.h"
#include "agent/page/latency_chart.h"
#include "agent/page/page.h"
#include "agent/page/page_parts.h"
#include "agent/page/words.h"

namespace vedette::page {
namespace {

using brand::fill;
using Checks = std::vector<std::shared_ptr<metrics::CheckSeries>>;

void write_top(Html& html, const View& view, const ComponentView& component,
               const std::vector<DayView>& days) {
  html << "<section class=\"subject\" id=\"subject\">";
  write_back_link(html, view.strings());
  html << "<div class=\"line\"><h1>";
  html.text(component.name) << "</h1>";
  write_state(html, view.strings(), component);
  html << "</div>";
  write_description(html, component);
  if (!component.needs.empty()) {
    html << "<p class=\"about\">";
    html.text(fill(view.strings().needs,
                   {{"components", list_words(view.strings(), component.needs, 9)}}))
        << "</p>";
  }
  html << "<div class=\"card tall\"><div class=\"component\">";
  write_days(html, view, component, days);
  html << "</div></div><p class=\"about\">";
  html.text(view.strings().uptime_note) << "</p></section>\n";
}

void write_day(Html& html, const View& view, const DayView& day) {
  html << "<li id=\"";
  html.text(format_instant(day.day).substr(0, 10)) << "\"><div class=\"what\"><strong>";
  html.text(day_words(view.strings(), day.day)) << "</strong>";
  for (const auto& trouble : troubles_of(view, day)) {
    html << "<span class=\"about\">";
    html.text(trouble) << "</span>";
  }
  for (const auto* incident : day.incidents) {
    html << "<span class=\"about\">";
    write_incident_link(html, incident->id, incident->title);
    html << "</span>";
  }
  html << "</div></li>\n";
}

// Newest first.
void write_trouble_days(Html& html, const View& view, const std::vector<DayView>& days) {
  const auto& strings = view.strings();
  write_section_head(html, "days", strings.trouble_days);
  bool any = false;
  for (auto day = days.rbegin(); day != days.rend(); ++day) {
    if (!day->has_trouble() && day->incidents.empty()) continue;
    if (!any) html << "<ul class=\"rows\">\n";
    any = true;
    write_day(html, view, *day);
  }
  if (any) {
    html << "</ul>\n";
  } else {
    html << "<p class=\"none\">";
    html.text(strings.no_trouble_days) << "</p>\n";
  }
  html << "</section>\n";
}

std::string upper_case(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return text;
}

std::string probe_words(std::string probe) {
  const bool abbreviated = probe.size() <= 4 && probe != "flow";
  if (abbreviated) return upper_case(std::move(probe));
  std::ranges::replace(probe, '_', ' ');
  probe[0] = upper_case(probe.substr(0, 1))[0];
  return probe;
}

// "HTTP", "Flow visa".
std::string kind_of(const metrics::CheckLabels& labels) {
  const auto kind = probe_words(labels.probe);
  return labels.variant.empty() ? kind : kind + " " + labels.variant;
}

// What each check is called here: by its name, or by its kind, with a number where there are
// several of it.
std::vector<std::string> names_of(const View& view,
                                  const std::vector<const metrics::CheckSeries*>& checks) {
  std::map<std::string, int> totals, numbers;
  for (const auto* check : checks) ++totals[kind_of(check->labels())];
  std::vector<std::string> names;
  for (const auto* check : checks) {
    const auto& labels = check->labels();
    auto name = kind_of(labels);
    if (totals[name] > 1) name += " " + std::to_string(++numbers[name]);
    if (view.site->brand.check_names) name = labels.key();
    names.push_back(
        fill(view.strings().measured_from, {{"probe", name}, {"region", labels.region}}));
  }
  return names;
}

void write_check(Html& html, const View& view, const std::string& name,
                 const metrics::Recent& recent) {
  html << "<article class=\"measured\"><h3>";
  html.text(name) << "</h3>";
  const auto newest = recent.newest();
  if (newest.empty()) {
    html << "<p class=\"none\">";
    html.text(view.strings().no_runs) << "</p>";
  } else {
    html << "<div class=\"charts\">";
    write_last_day(html, view, recent.last_day(view.now));
    write_newest_runs(html, view.strings(), newest);
    html << "</div>";
  }
  html << "</article>\n";
}

void write_measurements(Html& html, const View& view, const ComponentView& component,
                        const Checks& checks) {
  std::vector<const metrics::CheckSeries*> own;
  for (const auto& check : checks) {
    if (check->labels().component == component.key) own.push_back(check.get());
  }
  if (own.empty()) return;
  write_section_head(html, "measurements", view.strings().measurements);
  const auto names = names_of(view, own);
  for (std::size_t i = 0; i < own.size(); ++i) {
    write_check(html, view, names[i], own[i]->recent());
  }
  html << "</section>\n";
}

}  // namespace

std::string component_page(const View& view, const ComponentView& component, const Checks& checks) {
  const auto days = last_days(view, component);
  Html html;
  write_head(html, *view.site, {.title = component.name, .about = component.description});
  write_top(html, view, component, days);
  write_measurements(html, view, component, checks);
  write_trouble_days(html, view, days);
  write_foot(html, *view.site);
  return html.take();
}

}  // namespace vedette::page
