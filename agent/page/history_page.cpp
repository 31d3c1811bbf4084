// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "agent/brand/fill.h"
#include "agent/page/incident_parts.h"
#include "agent/page/page.h"
#include "agent/page/page_parts.h"
#include "agent/page/words.h"

namespace vedette::page {
namespace {

using brand::fill;
using std::chrono::months;
using std::chrono::year_month;

Instant begin_of(year_month month) {
  return std::chrono::sys_days(month / 1);
}

std::size_t pages_of(const store::Chapter& chapter) {
  return std::max<std::size_t>(1, (chapter.total + incidents_per_page - 1) / incidents_per_page);
}

void write_way(Html& html, const std::string& text, const HistoryPlace& to, std::string_view rel) {
  html << "<li><a rel=\"";
  html.text(rel) << "\" href=\"";
  html.text(history_url(to)) << "\">";
  html.text(text) << "</a></li>";
}

// Older and newer months; inside a long month its pages.
void write_ways(Html& html, const View& view, const HistoryPlace& place,
                const store::Chapter& chapter) {
  const auto& strings = view.strings();
  const bool earlier = chapter.oldest && *chapter.oldest < begin_of(place.month);
  html << "<nav class=\"ways\" aria-label=\"";
  html.text(strings.history) << "\"><ul>";
  if (place.month < month_of(view.now)) {
    write_way(html, strings.newer + ": " + month_words(strings, place.month + months(1)),
              {place.month + months(1)}, "next");
  }
  if (earlier) {
    write_way(html, strings.older + ": " + month_words(strings, place.month - months(1)),
              {place.month - months(1)}, "prev");
  }
  html << "</ul>";
  if (const auto pages = pages_of(chapter); pages > 1) {
    html << "<ul class=\"pages\">";
    for (std::size_t page = 1; page <= pages; ++page) {
      html << "<li><a href=\"";
      html.text(history_url({place.month, page})) << "\"";
      if (page == place.page) html << " aria-current=\"page\"";
      html << " aria-label=\"";
      html.text(
          fill(strings.page_of, {{"page", std::to_string(page)}, {"pages", std::to_string(pages)}}))
          << "\">";
      html.number(static_cast<long long>(page)) << "</a></li>";
    }
    html << "</ul>";
  }
  html << "</nav>\n";
}

void write_entry(Html& html, const View& view, const incident::Incident& incident) {
  const auto shown = view_of(incident);
  html << "<article class=\"incident ";
  html.text(tone(incident.impact)) << "\"><header><h2>";
  write_incident_link(html, incident.id, incident.title);
  html << "</h2>";
  write_badge(html, tone(incident.impact), words(view.strings(), incident.impact));
  html << "</header><p class=\"about\">";
  html.text(summary_sentence(view, incident)) << "</p>";
  if (shown.updates.front()->status != incident::Status::postmortem) {
    write_update(html, *view.site, *shown.updates.front());
  }
  html << "</article>\n";
}

}  // namespace

year_month month_of(Instant at) {
  const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(at));
  return day.year() / day.month();
}

std::string history_url(const HistoryPlace& place) {
  auto url = fmt::format("/history/{:04}-{:02}", static_cast<int>(place.month.year()),
                         static_cast<unsigned>(place.month.month()));
  if (place.page > 1) url += "/" + std::to_string(place.page);
  return url;
}

store::ChapterKey chapter_key(const HistoryPlace& place) {
  return {begin_of(place.month), begin_of(place.month + months(1)),
          (place.page - 1) * incidents_per_page, incidents_per_page};
}

std::string history_page(const View& view, const HistoryPlace& place,
                         const store::Chapter& chapter) {
  const auto& strings = view.strings();
  const auto heading = fill(strings.incidents_of, {{"month", month_words(strings, place.month)}});
  Html html;
  write_head(html, *view.site, {.title = heading, .about = {}});
  html << "<section class=\"subject\" id=\"subject\">";
  write_back_link(html, strings);
  html << "<h1>";
  html.text(heading) << "</h1></section>\n<section id=\"incidents\" aria-label=\"";
  html.text(heading) << "\">\n";
  for (const auto& incident : chapter.incidents) write_entry(html, view, incident);
  if (chapter.incidents.empty()) {
    html << "<p class=\"none\">";
    html.text(strings.no_incidents_then) << "</p>";
  }
  html << "</section>\n";
  write_ways(html, view, place, chapter);
  write_foot(html, *view.site);
  return html.take();
}

}  // namespace vedette::page
