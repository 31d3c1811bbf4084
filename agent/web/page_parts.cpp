// SPDX-License-Identifier: Apache-2.0
#include "agent/web/page_parts.h"

#include "agent/web/assets.h"
#include "agent/web/words.h"

namespace vedette::web {
namespace {

using incident::ComponentStatus;

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

}  // namespace

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

void write_time(Html& html, Instant at) {
  html << "<time datetime=\"";
  html.text(format_instant(at)) << "\">";
  html.text(time_words(at)) << "</time>";
}

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

void write_badge(Html& html, std::string_view shown_tone, std::string_view text) {
  html << "<span class=\"badge ";
  html.text(shown_tone) << "\">";
  html.text(text) << "</span>";
}

void write_update(Html& html, const incident::Update& update) {
  html << "<p class=\"said\"><strong>";
  html.text(words(update.status)) << "</strong> ";
  write_time(html, update.at);
  html << "</p>";
  write_prose(html, update.text);
}

}  // namespace vedette::web
