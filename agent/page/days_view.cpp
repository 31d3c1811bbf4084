// SPDX-License-Identifier: Apache-2.0
#include "agent/page/days_view.h"

#include "agent/page/days_bar.h"
#include "agent/page/words.h"

namespace vedette::page {
namespace {

void write_figure(Html& html, const brand::Strings& strings, const std::string& span,
                  std::optional<double> share) {
  html << "<div><dt>";
  html.text(span) << "</dt><dd>";
  html.text(percent_words(strings, share)) << "</dd></div>";
}

void write_figures(Html& html, const brand::Strings& strings, const Figures& figures) {
  html << "<dl class=\"figures\">";
  write_figure(html, strings, strings.hours_24, figures.hours_24);
  write_figure(html, strings, strings.days_7, figures.days_7);
  write_figure(html, strings, strings.days_30, figures.days_30);
  write_figure(html, strings, strings.days_90, figures.days_90);
  html << "</dl>";
}

}  // namespace

void write_days(Html& html, const View& view, const ComponentView& component,
                const std::vector<DayView>& days) {
  write_days_bar(html, view, component, days);
  html << "<div class=\"scale\"><span>";
  html.text(view.strings().days_ago) << "</span>";
  write_figures(html, view.strings(), figures(view, component, days));
  html << "<span>";
  html.text(view.strings().today) << "</span></div>";
}

void write_description(Html& html, const ComponentView& component) {
  if (component.description.empty()) return;
  html << "<p class=\"about\">";
  html.text(component.description) << "</p>";
}

}  // namespace vedette::page
