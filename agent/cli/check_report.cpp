// SPDX-License-Identifier: Apache-2.0
#include "agent/cli/check_report.h"

#include <algorithm>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value_from.hpp>
#include <boost/json/visit.hpp>
#include <fmt/format.h>

#include "probes/jsonpath/json_text.h"

namespace vedette::cli {
namespace {

namespace json = boost::json;

double milliseconds(Microseconds duration) {
  return static_cast<double>(duration.count()) / 1000;
}

json::value fact_value(const FactValue& value) {
  return std::visit([](const auto& held) { return json::value_from(held); }, value);
}

json::object to_json(const CheckedResult& item, const ReportStyle& style) {
  const auto& result = item.result;
  json::object phases, facts;
  json::array evidence;
  for (const auto& phase : result.phases) phases[phase.name] = milliseconds(phase.duration);
  for (const auto& seen : result.evidence) {
    evidence.push_back(
        json::object{{"expectation", seen.expectation}, {"saw", seen.saw}, {"ok", seen.ok}});
  }
  for (const auto& fact : result.facts) facts[fact.name] = fact_value(fact.value);
  json::value reason;
  if (result.reason) reason = text(*result.reason);
  json::value variant;
  if (!item.check->variant.empty()) variant = item.check->variant;
  return {{"check", item.check->base},
          {"component", item.check->component},
          {"region", style.region},
          {"probe", item.check->type->name},
          {"variant", variant},
          {"outcome", text(result.outcome)},
          {"reason", reason},
          {"message", result.message},
          {"started_at", format_instant(result.started_at)},
          {"duration_ms", milliseconds(result.duration)},
          {"phases", phases},
          {"evidence", evidence},
          {"facts", facts}};
}

std::string_view colour_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::pass:
      return "\033[32m";
    case Outcome::degraded:
      return "\033[33m";
    case Outcome::fail:
      return "\033[31m";
    case Outcome::unknown:
      return "\033[35m";
  }
  return "";
}

std::string painted(Outcome outcome, const ReportStyle& style) {
  const auto word = fmt::format("{:<9}", text(outcome));
  return style.colour ? fmt::format("{}{}\033[0m", colour_of(outcome), word) : word;
}

std::string phases_line(const Result& result) {
  std::string line;
  for (const auto& phase : result.phases) {
    if (phase.name == "total") continue;
    line += fmt::format("{}{} {:.1f}", line.empty() ? "" : ", ", phase.name,
                        milliseconds(phase.duration));
  }
  return line;
}

void append_details(std::string& out, const Result& result) {
  if (result.reason) out += fmt::format("    {}: {}\n", text(*result.reason), result.message);
  for (const auto& seen : result.evidence)
    out += fmt::format("    {} {}\n", seen.ok ? "ok  " : "FAIL", seen.saw);
  if (result.outcome == Outcome::pass || result.transcript.text().empty()) return;
  std::string_view rest = result.transcript.text();
  while (!rest.empty()) {
    const auto line = rest.substr(0, rest.find('\n'));
    out += fmt::format("    | {}\n", line);
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
  }
}

}  // namespace

std::string render_table(const std::vector<CheckedResult>& results, const ReportStyle& style) {
  std::size_t width = 5;
  for (const auto& item : results) width = std::max(width, item.check->name.size());
  std::string out =
      fmt::format("{:<{}}  {:<9} {:>10}  {}\n", "CHECK", width, "OUTCOME", "TOTAL", "PHASES (ms)");
  for (const auto& item : results) {
    out += fmt::format("{:<{}}  {} {:>7.1f} ms  {}\n", item.check->name, width,
                       painted(item.result.outcome, style), milliseconds(item.result.duration),
                       phases_line(item.result));
    append_details(out, item.result);
  }
  return out;
}

std::string render_json(const std::vector<CheckedResult>& results, const ReportStyle& style) {
  json::array array;
  for (const auto& item : results) array.push_back(to_json(item, style));
  std::string text;
  jsonpath::append_json(text, std::move(array));
  return text + "\n";
}

}  // namespace vedette::cli
