// SPDX-License-Identifier: Apache-2.0
#include "agent/incident/postmortem.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "agent/incident/timeline.h"
#include "agent/incident/wording.h"

namespace vedette::incident {
namespace {

std::string clock(Instant instant) {
  std::string text = format_instant(instant);
  text.replace(10, 1, " ");
  text.resize(19);
  return text;
}

std::string for_long(Instant from, Instant to) {
  return wording::words(to - from);
}

// One line, without what would end a cell of a table.
std::string cell(std::string_view text) {
  std::string line;
  for (const char c : text.substr(0, text.find('\n'))) line += c == '|' ? '/' : c;
  return line;
}

std::string impact_part(const Incident& incident) {
  const Instant ended = incident.mitigated.value_or(incident.resolved.value_or(incident.opened));
  std::string text = fmt::format(
      "Worst impact: **{}**. It lasted {}, from {} to {} UTC; the incident was declared for "
      "{}.\n\n",
      incident::text(std::max(incident.worst, incident.impact)),
      for_long(incident.impact_began, ended), clock(incident.impact_began), clock(ended),
      for_long(incident.opened, incident.resolved.value_or(ended)));
  for (const IncidentComponent& one : incident.components) {
    std::string worst(incident::text(worst_status(incident, one)));
    std::ranges::replace(worst, '_', ' ');
    text += fmt::format("- {}: {}, until {}\n", one.name, worst,
                        one.recovered ? clock(*one.recovered) + " UTC" : "the end");
  }
  return text + "- Who was affected, and which share of them: _to be filled in_\n";
}

std::string timeline_part(const Incident& incident) {
  std::string text = "| Time (UTC) | Status | Event |\n|---|---|---|\n";
  text += fmt::format("| {} | | First failing sample |\n", clock(incident.impact_began));
  text += fmt::format("| {} | | Detected by {} |\n", clock(incident.detected),
                      cell(incident.detected_by));
  for (const Update& update : incident.updates) {
    text += fmt::format("| {} | {}{} | {}{} |\n", clock(update.at), incident::text(update.status),
                        update.is_public ? "" : " (internal)",
                        by_hand(update) ? update.author + ": " : "", cell(update.text));
  }
  return text;
}

// Lines of the internal entries that begin so and hold these words.
std::string lines_with(const Incident& incident, std::string_view beginning,
                       std::string_view words = {}) {
  std::string found;
  for (const Update& update : incident.updates) {
    if (update.is_public) continue;
    std::string_view rest = update.text;
    while (!rest.empty()) {
      const auto line = rest.substr(0, rest.find('\n'));
      if (line.starts_with(beginning) && line.contains(words)) found += fmt::format("{}\n", line);
      rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    }
  }
  return found;
}

std::string or_else(const std::string& text, std::string_view otherwise) {
  return text.empty() ? std::string(otherwise) : text;
}

}  // namespace

std::string postmortem_draft(const Incident& incident) {
  const std::string changes =
      lines_with(incident, "- suspect:") + lines_with(incident, "- change ");
  const std::string passing = lines_with(incident, "- check ", "passes all the while");
  const auto resolved = incident.resolved
                            ? fmt::format("Resolved at {} UTC.", clock(*incident.resolved))
                            : std::string("Not resolved yet.");
  return fmt::format(
      "# Postmortem: {}\n\n## Summary\n_To be filled in: what happened, in two sentences._\n\n"
      "## Impact\n{}\n## Timeline\n{}\n## Trigger\nCandidates:\n\n{}\n"
      "## Detection\nDetected by {}, {} after impact began; declared {} after impact began.\n\n"
      "## Resolution\n{} _What was done: to be filled in._\n\n## What kept working\n{}\n"
      "## Open questions\n- _to be filled in_\n\n## Action items\n"
      "| What | Who | Until |\n|---|---|---|\n| _to be filled in_ | | |\n",
      incident.title, impact_part(incident), timeline_part(incident),
      or_else(changes, "- no change was recorded or observed before it began\n"),
      incident.detected_by, for_long(incident.impact_began, incident.detected),
      for_long(incident.impact_began, incident.opened), resolved,
      or_else(passing, "- _to be filled in_\n"));
}

}  // namespace vedette::incident
