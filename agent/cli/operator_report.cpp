// SPDX-License-Identifier: Apache-2.0
#include "agent/cli/operator_report.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

namespace vedette::cli {
namespace {

namespace json = boost::json;

std::string text(const json::object& object, std::string_view key) {
  const auto* found = object.if_contains(key);
  if (found == nullptr || found->is_null()) return "-";
  return found->is_string() ? std::string(found->as_string()) : json::serialize(*found);
}

std::string joined(const json::object& object, std::string_view key) {
  std::string all;
  const auto* list = object.if_contains(key);
  if (list == nullptr || !list->is_array()) return all;
  for (const auto& item : list->as_array()) {
    const auto* named = item.if_object();
    const auto one = named != nullptr   ? text(*named, "id") + " " + text(*named, "status")
                     : item.is_string() ? std::string(item.as_string())
                                        : json::serialize(item);
    all += (all.empty() ? "" : ", ") + one;
  }
  return all;
}

std::string indented(const std::string& lines) {
  std::string out = "      ";
  for (const char c : lines) {
    out += c;
    if (c == '\n') out += "      ";
  }
  return out;
}

std::string incident_line(const json::object& one) {
  return fmt::format("{}  {:<13}  {:<8}  {}  {}\n", text(one, "id"), text(one, "status"),
                     text(one, "impact"), text(one, "opened"), text(one, "title"));
}

std::string change_line(const json::object& one) {
  return fmt::format("{}  {}  {:<8}  {}  [{}]  by {}\n", text(one, "id"), text(one, "at"),
                     text(one, "kind"), text(one, "text"), joined(one, "components"),
                     text(one, "author"));
}

std::string maintenance_line(const json::object& one) {
  return fmt::format("{}  {:<11}  {} to {}  {}  [{}]\n", text(one, "id"), text(one, "status"),
                     text(one, "scheduled_for"), text(one, "scheduled_until"), text(one, "title"),
                     joined(one, "components"));
}

std::string entries(const json::object& one) {
  std::string out;
  const auto* list = one.if_contains("updates");
  if (list == nullptr || !list->is_array()) return out;
  for (const auto& item : list->as_array()) {
    const auto* update = item.if_object();
    if (update == nullptr) continue;
    const auto* is_public = update->if_contains("public");
    const bool internal = is_public != nullptr && is_public->is_bool() && !is_public->as_bool();
    out += fmt::format("  #{} {}  {}{}  {}\n{}\n", text(*update, "sequence"), text(*update, "at"),
                       text(*update, "status"), internal ? " (internal)" : "",
                       text(*update, "author"), indented(text(*update, "text")));
  }
  return out;
}

std::string incident(const json::object& one) {
  std::string out = incident_line(one);
  for (const auto key : {"impact_began", "detected", "opened", "mitigated", "resolved",
                         "detected_by", "acknowledged_by", "merged_into"}) {
    if (const auto value = text(one, key); value != "-")
      out += fmt::format("  {:<16} {}\n", key, value);
  }
  return out + fmt::format("  {:<16} {}\n", "components", joined(one, "components")) + entries(one);
}

std::string stretch_line(const json::object& one) {
  const auto span = text(one, "runs") == "1" ? fmt::format("{:<52}", text(one, "first"))
                                             : text(one, "first") + " to " + text(one, "last");
  std::string line = fmt::format("    {} {:>4} x {:<8} -> {:<8}", span, text(one, "runs"),
                                 text(one, "outcome"), text(one, "then"));
  if (text(one, "reason") != "-") line += " " + text(one, "reason");
  if (text(one, "message") != "-") line += ": " + text(one, "message");
  return line + "\n";
}

std::string cleanup_line(const json::object& one) {
  return fmt::format(
      "  not cleaned up: step \"{}\" of run {}, noted {}; attempts: {}, the next at {}; trouble: "
      "{}\n",
      text(one, "step"), text(one, "run"), text(one, "noted"), text(one, "attempts"),
      text(one, "not_before"), text(one, "trouble"));
}

std::string verdict_lines(const json::object& one, const json::object& verdict) {
  const auto unstable = text(verdict, "unstable") == "true" ? ", unstable," : "";
  auto lines = fmt::format("{} is {}{} since {}\n", text(one, "check"), text(verdict, "state"),
                           unstable, text(verdict, "since"));
  if (text(verdict, "message") != "-") lines += "  " + text(verdict, "message") + "\n";
  return lines;
}

std::string component_line(const json::object& one) {
  return fmt::format("  component {}: {}, incident {}, maintenance {}\n", text(one, "id"),
                     text(one, "status"), text(one, "incident"), text(one, "maintenance"));
}

std::string rules(const json::object& one) {
  std::string lines = "  rules\n";
  const auto* list = one.if_contains("rules");
  if (list == nullptr || !list->is_array()) return lines;
  for (const auto& rule : list->as_array()) {
    if (rule.is_string()) lines += fmt::format("    {}\n", std::string(rule.as_string()));
  }
  return lines;
}

template <class Line>
std::string table(const json::value& list, const Line& line, std::string_view nothing) {
  if (!list.is_array() || list.as_array().empty()) return std::string(nothing);
  std::string out;
  for (const auto& item : list.as_array()) {
    if (item.is_object()) out += line(item.as_object());
  }
  return out;
}

std::string each(const json::object& one, std::string_view key,
                 std::string (*line)(const json::object&)) {
  const auto* list = one.if_contains(key);
  return list == nullptr ? std::string() : table(*list, line, "");
}

std::string explained(const json::object& one) {
  std::string out;
  const auto* verdict = one.if_contains("verdict");
  const auto* component = one.if_contains("component");
  if (verdict != nullptr && verdict->is_object()) out += verdict_lines(one, verdict->as_object());
  if (component != nullptr && component->is_object()) out += component_line(component->as_object());
  if (text(one, "waiting") != "0")
    out += "  results that wait until the controls say whether the agent sees: " +
           text(one, "waiting") + "\n";
  out += rules(one) + "  runs, oldest first\n" + each(one, "runs", stretch_line);
  if (const auto why = text(one, "cleanups_unknown"); why != "-")
    return out + "  cleanups are not known: " + why + "\n";
  return out + each(one, "cleanups", cleanup_line);
}

}  // namespace

std::string as_report(const json::value& answer) {
  const auto* object = answer.if_object();
  if (object == nullptr) return json::serialize(answer) + "\n";
  if (const auto* list = object->if_contains("incidents"))
    return table(*list, incident_line, "no incidents\n");
  if (const auto* list = object->if_contains("checks"))
    return table(*list, explained, "no checks\n");
  if (const auto* list = object->if_contains("changes"))
    return table(*list, change_line, "no changes in the last 30 days\n");
  if (const auto* list = object->if_contains("maintenances"))
    return table(*list, maintenance_line, "no maintenances\n");
  if (const auto* markdown = object->if_contains("markdown"); markdown && markdown->is_string())
    return std::string(markdown->as_string());
  if (object->contains("impact_began")) return incident(*object);
  if (object->contains("scheduled_for")) return maintenance_line(*object) + entries(*object);
  if (object->contains("recorded")) return change_line(*object);
  return json::serialize(answer) + "\n";
}

}  // namespace vedette::cli
