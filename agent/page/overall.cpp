// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "agent/page/page_parts.h"
#include "agent/page/status_parts.h"
#include "agent/page/words.h"

namespace vedette::page {
namespace {

using incident::ComponentStatus;

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
  return std::ranges::any_of(view.components, &ComponentView::visible) ? "good" : "quiet";
}

}  // namespace

void write_overall(Html& html, const View& view, bool out_of_date) {
  const auto& strings = view.strings();
  const auto shown = overall_tone(view);
  html << "<section id=\"overall\" class=\"overall ";
  html.text(shown) << "\" role=\"status\">";
  write_icon(html, shown);
  html << "<div><h1>";
  html.text(headline(view)) << "</h1><p>";
  write_sentence_with_time(html, *view.site, strings.last_change, view.updated);
  html << "</p></div></section>\n";
  if (!out_of_date) return;
  html << "<p id=\"notice\" class=\"notice\" role=\"alert\">";
  html.text(strings.out_of_date) << "</p>\n";
}

}  // namespace vedette::page
