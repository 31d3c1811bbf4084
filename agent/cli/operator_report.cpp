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

std::string runs(const json::object& one) {
  std::string out;
  for (const auto& item : one.at("runs").as_array()) {
    const auto& run = item.as_object();
    const auto count = run.at("runs").to_number<std::int64_t>();
    const auto span = count == 1 ? text(run, "first") + std::string(29, ' ')
                                 : text(run, "first") + " to " + text(run, "last") + " ";
    out += fmt::format("    {} {:>4} x {:<8} -> {:<8}", span, count, text(run, "outcome"),
                       text(run, "then"));
    if (text(run, "reason") != "-") out += " " + text(run, "reason");
    if (text(run, "message") != "-") out += ": " + text(run, "message");
    out += "\n";
  }
  return out;
}

std::string cleanups(const json::object& one) {
  if (const auto* unknown = one.if_contains("cleanups_unknown"))
    return fmt::format("  cleanups: not known: {}\n", std::string(unknown->as_string()));
  std::string out;
  for (const auto& item : one.at("cleanups").as_array()) {
    const auto& left = item.as_object();
    out +=
        fmt::format("  not cleaned up: step \"{}\" of run {}, noted {}, {} attempts, next {}: {}\n",
                    text(left, "step"), text(left, "run"), text(left, "noted"),
                    text(left, "attempts"), text(left, "not_before"), text(left, "trouble"));
  }
  return out;
}

std::string explained(const json::object& one) {
  const auto& verdict = one.at("verdict").as_object();
  const auto& component = one.at("component").as_object();
  std::string out =
      fmt::format("{} is {}{} since {}\n", text(one, "check"), text(verdict, "state"),
                  verdict.at("unstable").as_bool() ? ", unstable," : "", text(verdict, "since"));
  if (text(verdict, "message") != "-") out += "  " + text(verdict, "message") + "\n";
  out += fmt::format("  component {}: {}, incident {}, maintenance {}\n", text(component, "id"),
                     text(component, "status"), text(component, "incident"),
                     text(component, "maintenance"));
  if (const auto waiting = one.at("waiting").to_number<std::int64_t>(); waiting > 0)
    out +=
        fmt::format("  {} results wait until the controls say whether the agent sees\n", waiting);
  out += "  rules\n";
  for (const auto& rule : one.at("rules").as_array())
    out += fmt::format("    {}\n", std::string(rule.as_string()));
  return out + "  runs, oldest first\n" + runs(one) + cleanups(one);
}

template <class Line>
std::string table(const json::value& list, const Line& line, std::string_view nothing) {
  if (!list.is_array() || list.as_array().empty()) return std::string(nothing) + "\n";
  std::string out;
  for (const auto& item : list.as_array()) {
    if (item.is_object()) out += line(item.as_object());
  }
  return out;
}

}  // namespace

std::string as_report(const json::value& answer) {
  const auto* object = answer.if_object();
  if (object == nullptr) return json::serialize(answer) + "\n";
  if (const auto* list = object->if_contains("incidents"))
    return table(*list, incident_line, "no incidents");
  if (const auto* list = object->if_contains("checks")) return table(*list, explained, "no checks");
  if (const auto* list = object->if_contains("changes"))
    return table(*list, change_line, "no changes in the last 30 days");
  if (const auto* list = object->if_contains("maintenances"))
    return table(*list, maintenance_line, "no maintenances");
  if (const auto* markdown = object->if_contains("markdown"); markdown && markdown->is_string())
    return std::string(markdown->as_string());
  if (object->contains("impact_began")) return incident(*object);
  if (object->contains("scheduled_for")) return maintenance_line(*object) + entries(*object);
  if (object->contains("recorded")) return change_line(*object);
  return json::serialize(answer) + "\n";
}

}  // namespace vedette::cli
