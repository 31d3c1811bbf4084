// SPDX-License-Identifier: Apache-2.0
#include "agent/demo/switches_page.h"

#include "agent/demo/page_frame.h"

namespace vedette::demo {
namespace {

using page::Html;

void write_choice(Html& html, std::string_view name, const Choice& choice, bool pressed) {
  html << "<form method=\"post\" action=\"/switches/";
  html.text(name) << "/";
  html.text(text(choice.mode)) << "\"><button aria-pressed=\"";
  html.text(pressed ? "true" : "false") << "\">";
  html.text(text(choice.mode)) << "</button><span>";
  html.text(choice.effect) << "</span></form>\n";
}

void write_switch(Html& html, const Switch& shown, Mode now) {
  html << "<section class=\"card";
  if (now != Mode::on) html << " broken";
  html << "\" id=\"";
  html.text(shown.name) << "\"><h3>";
  html.text(shown.name) << "</h3><div class=\"soft\">";
  html.text(shown.about) << "</div>\n";
  for (const auto& choice : shown.choices) {
    write_choice(html, shown.name, choice, choice.mode == now);
  }
  html << "</section>\n";
}

void write_summary(Html& html, std::size_t broken) {
  html << "<p>Break a part of the demo, and watch the status page.</p>\n";
  html << "<form method=\"post\" action=\"/switches/all/on\"><button>Heal all</button><span>";
  if (broken == 0) html << "Everything works.";
  if (broken == 1) html << "One part is broken.";
  if (broken > 1) html.number(static_cast<long long>(broken)) << " parts are broken.";
  html << "</span></form>\n";
}

}  // namespace

web::Response switches_page(const Switches& switches) {
  Html html;
  write_head(html, "Switches");
  write_summary(html, switches.broken());
  std::string_view group;
  for (const auto& shown : all_switches()) {
    if (shown.group != group) {
      if (!group.empty()) html << "</div>\n";
      group = shown.group;
      html << "<h2>";
      html.text(group) << "</h2>\n<div class=\"cards\">\n";
    }
    write_switch(html, shown, switches.of(shown.name));
  }
  html << "</div>\n<p class=\"soft\">Or from a shell: "
          "<code>curl -X POST http://.../switches/login/off</code></p>\n";
  return finish_page(html);
}

}  // namespace vedette::demo
