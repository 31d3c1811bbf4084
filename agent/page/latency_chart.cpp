// SPDX-License-Identifier: Apache-2.0
// All drawings are 100 units high; what is tallest reaches 96.
#include "agent/page/latency_chart.h"

#include <algorithm>

#include <fmt/format.h>

#include "agent/brand/fill.h"
#include "agent/page/words.h"

namespace vedette::page {
namespace {

using brand::fill;
using metrics::Recent;

constexpr double tallest = 96;
constexpr double lowest = 3;  // a run that took no time can be seen, too

std::string_view tone_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::pass:
      return "good";
    case Outcome::degraded:
      return "minor";
    case Outcome::fail:
      return "critical";
    case Outcome::unknown:
      break;
  }
  return "quiet";
}

// The worst that there was; unknown when there was nothing else.
Outcome outcome_of(const Recent::Slot& slot) {
  if (slot.failed > 0) return Outcome::fail;
  if (slot.degraded > 0) return Outcome::degraded;
  return slot.passed > 0 ? Outcome::pass : Outcome::unknown;
}

double share(Microseconds part, Microseconds whole) {
  const auto most = static_cast<double>(std::max<std::int64_t>(1, whole.count()));
  return std::max(lowest, static_cast<double>(part.count()) / most * tallest);
}

void write_bar(Html& html, std::size_t place, Outcome outcome, double high) {
  html << "<rect class=\"";
  html.text(tone_of(outcome))
      .append(fmt::format("\" x=\"{}\" y=\"{:.4g}\" width=\"8\" height=\"{:.4g}\"/>",
                          place * 10 + 1, 100 - high, high));
}

void open_drawing(Html& html, const std::string& label, std::size_t bars) {
  html << "<svg class=\"chart\" role=\"img\" preserveAspectRatio=\"none\" viewBox=\"0 0 ";
  html.number(static_cast<long long>(bars * 10)) << " 100\" aria-label=\"";
  html.text(label) << "\">";
}

void open_figure(Html& html, const brand::Strings& strings, const std::string& name,
                 Microseconds most) {
  html << "<figure><figcaption><span>";
  html.text(name) << "</span><span>";
  html.text(fill(strings.at_most, {{"max", latency_words(most)}})) << "</span></figcaption>";
}

struct Totals {
  std::uint64_t runs = 0, passed = 0, timed = 0;
  Microseconds sum{}, longest{};

  Microseconds mean() const {
    return timed == 0 ? Microseconds(0)
                      : Microseconds(sum.count() / static_cast<std::int64_t>(timed));
  }
};

std::string summary(const brand::Strings& strings, const Totals& totals) {
  return fill(strings.latency_summary, {{"mean", latency_words(totals.mean())},
                                        {"max", latency_words(totals.longest)},
                                        {"passed", std::to_string(totals.passed)},
                                        {"runs", std::to_string(totals.runs)}});
}

Totals totals_of(const std::vector<Recent::Run>& runs) {
  Totals totals;
  for (const auto& run : runs) {
    ++totals.runs;
    if (run.outcome == Outcome::pass) ++totals.passed;
    if (run.outcome == Outcome::unknown) continue;
    ++totals.timed;
    totals.sum += run.took;
    totals.longest = std::max(totals.longest, run.took);
  }
  return totals;
}

Totals totals_of(const std::vector<Recent::Slot>& slots) {
  Totals totals;
  for (const auto& slot : slots) {
    const auto timed = slot.passed + slot.degraded + slot.failed;
    totals.runs += timed + slot.unknown;
    totals.passed += slot.passed;
    totals.timed += timed;
    totals.sum += slot.mean * timed;
    totals.longest = std::max(totals.longest, slot.longest);
  }
  return totals;
}

// Where in the drawing of the last day a slot stands, from 0.
std::size_t place_of(const Recent::Slot& slot, Instant now) {
  const auto back = (now - slot.began) / std::chrono::duration_cast<Duration>(Recent::slot_length);
  return Recent::slots - 1 -
         std::min<std::size_t>(static_cast<std::size_t>(back), Recent::slots - 1);
}

// Through the middles of the bars, with a break where hours without runs lie between.
void write_means(Html& html, const std::vector<Recent::Slot>& slots, Microseconds longest,
                 Instant now) {
  html << "<path class=\"mean\" d=\"";
  std::size_t before = Recent::slots;
  for (const auto& slot : slots) {
    if (slot.passed + slot.degraded + slot.failed == 0) continue;
    const auto place = place_of(slot, now);
    html.append(fmt::format("{}{} {:.4g}", place == before + 1 ? "L" : "M", place * 10 + 5,
                            100 - share(slot.mean, longest)));
    before = place;
  }
  html << "\"/>";
}

}  // namespace

void write_newest_runs(Html& html, const brand::Strings& strings,
                       const std::vector<Recent::Run>& runs) {
  const auto totals = totals_of(runs);
  const auto name = fill(strings.newest_runs, {{"count", std::to_string(runs.size())}});
  open_figure(html, strings, name, totals.longest);
  open_drawing(html, name + ". " + summary(strings, totals), Recent::newest_kept);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const auto& run = runs[i];
    const bool timed = run.outcome != Outcome::unknown;
    write_bar(html, Recent::newest_kept - runs.size() + i, run.outcome,
              timed ? share(run.took, totals.longest) : lowest);
  }
  html << "</svg></figure>\n";
}

void write_last_day(Html& html, const View& view, const std::vector<Recent::Slot>& slots) {
  const auto& strings = view.strings();
  const auto totals = totals_of(slots);
  open_figure(html, strings, strings.last_24_hours, totals.longest);
  open_drawing(html, strings.last_24_hours + ". " + summary(strings, totals), Recent::slots);
  for (const auto& slot : slots) {
    write_bar(html, place_of(slot, view.now), outcome_of(slot),
              share(slot.longest, totals.longest));
  }
  write_means(html, slots, totals.longest, view.now);
  html << "</svg><p class=\"about\">";
  html.text(summary(strings, totals)) << "</p></figure>\n";
}

}  // namespace vedette::page
