// SPDX-License-Identifier: Apache-2.0
#include "agent/page/page.h"
#include "agent/page/page_parts.h"
#include "agent/page/status_parts.h"
#include "agent/page/words.h"

namespace vedette::page {

std::string status_page(const View& view, bool out_of_date) {
  const auto about = headline(view);
  Html html;
  write_head(html, *view.site, {.title = view.site->brand.name, .about = about});
  write_overall(html, view, out_of_date);
  write_open_incidents(html, view);
  write_maintenances(html, view);
  write_components(html, view);
  write_regions(html, view);
  write_recent_incidents(html, view);
  write_foot(html, *view.site);
  return html.take();
}

std::string not_found_page(const Site& site) {
  const auto& strings = site.brand.strings;
  Html html;
  write_head(html, site, {.title = strings.not_found, .about = {}, .refreshing = false});
  html << "<section class=\"subject\"><h1>";
  html.text(strings.not_found) << "</h1><p>";
  html.text(strings.nothing_here) << " <a href=\"/\">";
  html.text(strings.back_to_page) << "</a></p></section>\n";
  write_foot(html, site);
  return html.take();
}

}  // namespace vedette::page
