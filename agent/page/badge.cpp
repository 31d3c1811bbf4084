// SPDX-License-Identifier: Apache-2.0
#include "agent/page/badge.h"

#include "agent/page/days.h"
#include "agent/page/html.h"
#include "agent/page/page_parts.h"
#include "agent/page/words.h"

namespace vedette::page {
namespace {

// White text stands on these with a contrast of 4.5 and more.
std::string_view colour_of(std::string_view tone) {
  if (tone == "good") return "#1a7f4b";
  if (tone == "minor") return "#8a6108";
  if (tone == "major") return "#b84a0a";
  if (tone == "critical") return "#c0262d";
  return tone == "planned" ? "#3b5bdb" : "#5c6675";
}

// How wide a text is about; textLength makes it exactly that.
long long width_of(std::string_view text) {
  long long characters = 0;
  for (const char c : text) characters += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
  return characters * 7;
}

void write_half(Html& html, std::string_view text, long long left, long long width,
                std::string_view colour) {
  html << "<rect x=\"";
  html.number(left) << "\" width=\"";
  html.number(width) << "\" height=\"20\" fill=\"";
  html.text(colour) << "\"/><text x=\"";
  html.number(left + 7) << "\" y=\"14\" textLength=\"";
  html.number(width - 14) << "\">";
  html.text(text) << "</text>";
}

}  // namespace

std::string badge_svg(const View& view, const ComponentView& component) {
  const bool fine = component.status == incident::ComponentStatus::operational;
  const bool unseen = fine && !component.visible;
  auto state = unseen ? view.strings().unknown : words(view.strings(), component.status);
  const auto shares = figures(view, component, last_days(view, component));
  if (shares.days_90) state += " · " + percent_words(view.strings(), shares.days_90);

  const auto left = width_of(component.name) + 14, right = width_of(state) + 14;
  Html html;
  html << "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"";
  html.number(left + right) << "\" height=\"20\" role=\"img\" aria-label=\"";
  html.text(component.name) << ": ";
  html.text(state) << "\"><title>";
  html.text(component.name) << ": ";
  html.text(state) << "</title><clipPath id=\"r\"><rect width=\"";
  html.number(left + right)
      << "\" height=\"20\" rx=\"4\"/></clipPath><g clip-path=\"url(#r)\" fill=\"#fff\" "
         "font-family=\"Verdana,DejaVu Sans,sans-serif\" font-size=\"11\">";
  write_half(html, component.name, 0, left, "#3c4450");
  write_half(html, state, left, right, colour_of(unseen ? "quiet" : tone(component.status)));
  html << "</g></svg>\n";
  return html.take();
}

}  // namespace vedette::page
