// SPDX-License-Identifier: Apache-2.0
// The report for people: the timeline, the instants of each incident, and what is not as expected.
#include <iterator>

#include <fmt/format.h>

#include "agent/simulate/report.h"

namespace vedette::simulate {
namespace {

using Out = std::back_insert_iterator<std::string>;

// "2026-11-08 10:02:11.050": the rehearsal may last for days.
std::string at(Instant instant) {
  std::string text = format_instant(instant);
  text[10] = ' ';
  text.pop_back();
  return text;
}

std::string length(Duration duration) {
  return config::format_duration(duration);
}

// Every line of the text by itself, set in.
void indented(Out out, std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    fmt::format_to(out, "    {}\n", text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

void write(Out out, const Told& told) {
  fmt::format_to(out, "{}  {}  {}  {}, {}{}\n", at(told.update.at), told.incident, told.group,
                 text(told.update.status), text(told.impact),
                 told.update.is_public ? "" : " (internal)");
  indented(out, told.update.text);
}

void write(Out out, const incident::Incident& incident) {
  fmt::format_to(out, "Incident {}: {}\n", incident.id, incident.title);
  const auto line = [&](std::string_view what, Instant instant) {
    fmt::format_to(out, "    {:<13}{}  +{}\n", what, at(instant),
                   length(instant - incident.impact_began));
  };
  fmt::format_to(out, "    {:<13}{}\n", "impact began", at(incident.impact_began));
  line("detected", incident.detected);
  line("opened", incident.opened);
  if (incident.mitigated) line("mitigated", *incident.mitigated);
  if (incident.resolved) line("resolved", *incident.resolved);
  if (!incident.resolved) fmt::format_to(out, "    still {} at the end\n", text(incident.status));
  fmt::format_to(out, "    detected by {}\n", incident.detected_by);
}

void write_verdict(Out out, const Report& report) {
  for (const Difference& difference : report.differences) {
    fmt::format_to(out, "{}\n", difference.what);
    for (const std::string& detail : difference.details) indented(out, detail);
  }
  if (!report.differences.empty()) {
    fmt::format_to(out, "\nNot as expected: {} difference{}.\n", report.differences.size(),
                   report.differences.size() == 1 ? "" : "s");
  } else if (report.expected > 0) {
    fmt::format_to(out, "As expected: {} expectation{} met.\n", report.expected,
                   report.expected == 1 ? "" : "s");
  }
}

}  // namespace

std::string as_text(const Report& report) {
  std::string text;
  const Out out(text);
  if (!report.name.empty()) fmt::format_to(out, "{}\n", report.name);
  fmt::format_to(out, "{} to {} UTC, {} runs of checks\n\n", at(report.start), at(report.end),
                 report.runs);
  for (const Told& told : report.timeline) write(out, told);
  if (report.timeline.empty()) text += "Nothing was told.\n";
  text += '\n';
  for (const incident::Incident& incident : report.incidents) write(out, incident);
  if (!report.incidents.empty()) text += '\n';
  write_verdict(out, report);
  return text;
}

}  // namespace vedette::simulate
