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
  if (probe.size() <= 4) return upper_case(std::move(probe));
  std::ranges::replace(probe, '_', ' ');
  probe[0] = upper_case(probe.substr(0, 1))[0];
  return probe;
}

// "HTTP from eu-west", with a number where there are several of a kind.
std::string name_of(const View& view, const metrics::CheckSeries& check,
                    std::map<std::string, int>& numbers, const std::map<std::string, int>& totals) {
  const auto& labels = check.labels();
  auto kind = view.site->brand.check_names ? labels.check : probe_words(labels.probe);
  if (totals.at(labels.probe) > 1 && !view.site->brand.check_names) {
    kind += " " + std::to_string(++numbers[labels.probe]);
  }
  return fill(view.strings().measured_from, {{"probe", kind}, {"region", labels.region}});
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
  std::map<std::string, int> totals, numbers;
  for (const auto& check : checks) {
    if (check->labels().component != component.key) continue;
    own.push_back(check.get());
    ++totals[check->labels().probe];
  }
  if (own.empty()) return;
  write_section_head(html, "measurements", view.strings().measurements);
  for (const auto* check : own) {
    write_check(html, view, name_of(view, *check, numbers, totals), check->recent());
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
