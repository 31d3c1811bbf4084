// SPDX-License-Identifier: Apache-2.0
// The drawing is 90 units wide and 24 high; a day is a bar of 0.72 units. A dashed stroke draws a
// run of equal days at once.
#include "agent/page/days_bar.h"

#include <algorithm>

#include <fmt/format.h>

#include "agent/brand/fill.h"
#include "agent/page/page_parts.h"
#include "agent/page/words.h"

namespace vedette::page {
namespace {

using brand::fill;
using uptime::Condition;

constexpr int height = 24;
constexpr double margin = 0.14;

// What a day is like where nothing went wrong. Lower bars: less is known.
struct Ground {
  std::string_view tone;
  int high;
  bool operator==(const Ground&) const = default;
};
constexpr Ground calm{"good", height}, unseen{"quiet", 12}, empty{"none", 4};

Ground ground_of(const DayView& day) {
  if (day.spent.total() <= Duration(0)) return empty;
  return day.spent.known() * 2 >= day.spent.total() ? calm : unseen;
}

void write_run(Html& html, const Ground& ground, std::size_t first, std::size_t end) {
  html << "<path class=\"";
  html.text(ground.tone) << "\" stroke-width=\"";
  html.number(ground.high) << "\" d=\"M";
  html.append(fmt::format("{:g} {:g}H{:g}", static_cast<double>(first) + margin,
                          height - ground.high / 2.0, static_cast<double>(end) - margin))
      << "\"/>";
}

void write_runs(Html& html, const std::vector<DayView>& days) {
  for (std::size_t first = 0; first < days.size();) {
    const auto ground = ground_of(days[first]);
    auto end = first + 1;
    while (end < days.size() && ground_of(days[end]) == ground) ++end;
    write_run(html, ground, first, end);
    first = end;
  }
}

Duration trouble_time(const DayView& day) {
  Duration sum{0};
  for (const auto condition : uptime::all_conditions) {
    const bool fine = condition == Condition::operational || condition == Condition::unknown;
    if (!fine) sum += day.spent[condition];
  }
  return sum;
}

// The more of the day, the higher; a short outage can be seen, too.
double height_of(const DayView& day) {
  const auto total = static_cast<double>(std::max(Duration(1), day.spent.total()).count());
  return std::max(0.4, static_cast<double>(trouble_time(day).count()) / total) * height;
}

std::string_view tone_of(const DayView& day) {
  return day.has_trouble() ? tone(*uptime::mark_of(day.spent)) : "quiet";
}

std::string title_of(const View& view, const DayView& day) {
  std::string title = day_words(view.strings(), day.day);
  for (const auto& trouble : troubles_of(view, day)) title += "\n" + trouble;
  for (const auto* incident : day.incidents) title += "\n" + incident->title;
  return title;
}

void write_trouble(Html& html, const View& view, const ComponentView& component, const DayView& day,
                   std::size_t index) {
  html << "<a href=\"/components/";
  html.text(component.key) << "#";
  html.text(format_instant(day.day).substr(0, 10)) << "\"><title>";
  html.text(title_of(view, day)) << "</title>";
  const auto left = static_cast<double>(index) + margin;
  const auto high = height_of(day);
  html.append(
      fmt::format("<g class=\"{}\"><rect x=\"{:g}\" width=\".72\" height=\"{}\"/>"
                  "<rect x=\"{:g}\" y=\"{:.3g}\" width=\".72\" height=\"{:.3g}\"/></g></a>",
                  tone_of(day), left, height, left, height - high, high));
}

bool is_noted(const DayView& day) {
  return day.has_trouble() || !day.incidents.empty();
}

std::string label_of(const View& view, const std::vector<DayView>& days, long long noted) {
  const auto& strings = view.strings();
  uptime::Spent sum;
  for (const auto& day : days) sum += day.spent;
  if (sum.total() <= Duration(0) && noted == 0) return strings.bar_empty;
  return fill(noted == 0 ? strings.bar_calm : strings.bar_trouble,
              {{"uptime", percent_words(strings, uptime::availability(sum))},
               {"days", days_words(strings, noted)}});
}

}  // namespace

std::vector<std::string> troubles_of(const View& view, const DayView& day) {
  const auto& strings = view.strings();
  std::vector<std::string> lines;
  for (const auto condition : {Condition::major_outage, Condition::partial_outage,
                               Condition::degraded_performance, Condition::under_maintenance}) {
    const auto span = day.spent[condition];
    if (span <= Duration(0)) continue;
    lines.push_back(fill(strings.time_in, {{"status", words(strings, condition)},
                                           {"duration", duration_words(strings, span)}}));
  }
  const auto dark = day.spent[Condition::unknown];
  if (dark >= std::chrono::minutes(1)) {
    lines.push_back(fill(strings.mostly_unknown, {{"duration", duration_words(strings, dark)}}));
  }
  return lines;
}

void write_days_bar(Html& html, const View& view, const ComponentView& component,
                    const std::vector<DayView>& days) {
  const auto noted = std::ranges::count_if(days, is_noted);
  html << "<svg class=\"days\" viewBox=\"0 0 90 24\" preserveAspectRatio=\"none\" role=\"";
  html.text(noted > 0 ? "group" : "img") << "\" aria-label=\"";
  html.text(label_of(view, days, noted)) << "\" data-last=\"";
  html.text(format_instant(days.back().day).substr(0, 10)) << "\">";
  write_runs(html, days);
  for (std::size_t i = 0; i < days.size(); ++i) {
    if (is_noted(days[i])) write_trouble(html, view, component, days[i], i);
  }
  html << "</svg>";
}

}  // namespace vedette::page
