// SPDX-License-Identifier: Apache-2.0
#include "agent/page/page_parts.h"

#include <array>

#include "agent/brand/fill.h"
#include "agent/page/assets.h"
#include "agent/page/stylesheet.h"
#include "agent/page/words.h"

namespace vedette::page {
namespace {

void write_meta(Html& html, const Site& site, const Frame& frame) {
  const auto& name = site.brand.name;
  html << "<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
          "<meta name=\"color-scheme\" content=\"light dark\">\n"
          // For files that another server hands out; ours says it in a header.
          "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
          "'self'; script-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
          "form-action 'none'\">\n<title>";
  html.text(frame.title);
  if (frame.title != name) html << " · ", html.text(name);
  html << "</title>\n";
  if (!frame.about.empty()) {
    html << "<meta name=\"description\" content=\"";
    html.text(frame.about) << "\">\n";
  }
}

void write_links(Html& html, const Site& site) {
  html << "<link rel=\"icon\" type=\"image/svg+xml\" href=\"";
  html.text(asset_url("favicon.svg")) << "\">\n<link rel=\"stylesheet\" href=\"";
  html.text(stylesheet_url(site.brand))
      << "\">\n<link rel=\"alternate\" type=\"application/atom+xml\" title=\"Atom\" "
         "href=\"/history.atom\">\n<link rel=\"alternate\" type=\"application/rss+xml\" "
         "title=\"RSS\" href=\"/history.rss\">\n<script defer src=\"";
  html.text(asset_url("page.js")) << "\"></script>\n";
}

void write_mark(Html& html, const Site& site) {
  if (site.brand.logo.bytes.empty()) {
    html << "<svg class=\"mark\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"M4 21V3\"/>"
            "<path class=\"flag\" d=\"M4 4h15l-4 5 4 5H4z\"/></svg><span>";
    html.text(site.brand.name) << "</span>";
    return;
  }
  html << "<img class=\"logo\" src=\"";
  html.text(logo_url(site.brand)) << "\" alt=\"";
  html.text(site.brand.name) << "\">";
}

void write_navigation(Html& html, const Site& site) {
  html << "<nav><ul><li><a href=\"/history\">";
  html.text(site.brand.strings.history) << "</a></li>";
  for (const auto& link : site.brand.links) {
    html << "<li><a href=\"";
    html.text(link.url) << "\">";
    html.text(link.text) << "</a></li>";
  }
  html << "</ul></nav>";
}

}  // namespace

std::string_view tone(uptime::Condition condition) {
  static constexpr std::array<std::string_view, uptime::condition_count> tones{
      "good", "minor", "major", "critical", "planned", "quiet"};
  return tones[static_cast<std::size_t>(condition)];
}

std::string_view tone(incident::ComponentStatus status) {
  return tone(uptime::condition_of(status));
}

std::string_view tone(incident::Impact impact) {
  return impact == incident::Impact::none ? "quiet" : incident::text(impact);
}

void write_head(Html& html, const Site& site, const Frame& frame) {
  const auto& strings = site.brand.strings;
  html << "<!doctype html>\n<html lang=\"";
  html.text(site.brand.language) << "\">\n<head>\n";
  write_meta(html, site, frame);
  write_links(html, site);
  html << "</head>\n<body data-refresh=\"";
  html.text(frame.refreshing ? "yes" : "no") << "\" data-offline=\"";
  html.text(strings.cannot_refresh) << "\" data-good=\"";
  html.text(strings.no_downtime) << "\" data-quiet=\"";
  html.text(strings.unknown) << "\" data-none=\"";
  html.text(strings.not_recorded) << "\">\n<a class=\"skip\" href=\"#main\">";
  html.text(strings.skip) << "</a>\n<header class=\"top\"><a class=\"brand\" href=\"/\">";
  write_mark(html, site);
  html << "</a>";
  write_navigation(html, site);
  html << "</header>\n<main id=\"main\" tabindex=\"-1\">\n";
}

void write_foot(Html& html, const Site& site) {
  const auto& brand = site.brand;
  html << "</main>\n<footer>";
  if (!brand.footer.empty()) {
    html << "<div class=\"own\">";
    write_prose(html, brand.footer);
    html << "</div>";
  }
  html << "<p>";
  html.text(brand::fill(brand.strings.times_are_in, {{"zone", brand.zone.name()}}))
      << "</p><p><a href=\"/history.atom\">Atom</a> · <a href=\"/history.rss\">RSS</a> · <a "
         "href=\"/api/v2/summary.json\">JSON</a> · ";
  html.text(brand.strings.watched_by) << "</p></footer>\n</body>\n</html>\n";
}

void write_time(Html& html, const Site& site, Instant at) {
  html << "<time datetime=\"";
  html.text(format_instant(at)) << "\">";
  html.text(time_words(site.brand, at)) << "</time>";
}

void write_sentence_with_time(Html& html, const Site& site, std::string_view sentence, Instant at) {
  constexpr std::string_view hole = "{time}";
  const auto place = sentence.find(hole);
  html.text(sentence.substr(0, place));
  if (place == std::string_view::npos) return;
  write_time(html, site, at);
  html.text(sentence.substr(place + hole.size()));
}

void write_icon(Html& html, std::string_view tone) {
  html << "<svg class=\"icon\" viewBox=\"0 0 20 20\" aria-hidden=\"true\"><circle cx=\"10\" "
          "cy=\"10\" r=\"10\"/>";
  if (tone == "good") {
    html << "<path d=\"M5.6 10.4l3 3 5.8-6.2\"/>";
  } else if (tone == "minor") {
    html << "<path d=\"M5.4 10h9.2\"/>";
  } else if (tone == "planned") {
    html << "<path d=\"M10 5.2V10l3 2.4\"/>";
  } else if (tone == "quiet") {
    html << "<path d=\"M7.4 7.6a2.6 2.6 0 1 1 3.6 2.4c-.7.3-1 .8-1 1.5v.3M10 14.6v.1\"/>";
  } else if (tone == "major") {
    html << "<path d=\"M10 5v6M10 14.6v.1\"/>";
  } else {
    html << "<path d=\"M6.6 6.6l6.8 6.8M13.4 6.6l-6.8 6.8\"/>";
  }
  html << "</svg>";
}

void write_badge(Html& html, std::string_view shown_tone, std::string_view text) {
  html << "<span class=\"badge ";
  html.text(shown_tone) << "\">";
  html.text(text) << "</span>";
}

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

void write_incident_link(Html& html, std::string_view id, std::string_view title) {
  html << "<a href=\"/incidents/";
  html.text(id) << "\">";
  html.text(title) << "</a>";
}

void write_section_head(Html& html, std::string_view id, std::string_view heading) {
  html << "<section id=\"";
  html.text(id) << "\" aria-labelledby=\"h-";
  html.text(id) << "\"><h2 id=\"h-";
  html.text(id) << "\">";
  html.text(heading) << "</h2>\n";
}

void write_state(Html& html, const brand::Strings& strings, const ComponentView& component) {
  const bool fine = component.status == incident::ComponentStatus::operational;
  const bool unseen = fine && !component.visible;
  const auto shown = unseen ? "quiet" : tone(component.status);
  const auto& told = !unseen           ? words(strings, component.status)
                     : component.known ? strings.unknown
                                       : strings.no_data;
  html << "<span class=\"state ";
  html.text(shown) << "\">";
  html.text(told);
  write_icon(html, shown);
  html << "</span>";
}

void write_back_link(Html& html, const brand::Strings& strings) {
  html << "<p class=\"back\"><a href=\"/\">";
  html.text(strings.all_systems_link) << "</a></p>";
}

}  // namespace vedette::page
