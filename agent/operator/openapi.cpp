// SPDX-License-Identifier: Apache-2.0
#include "agent/operator/openapi.h"

#include <array>
#include <span>
#include <string>
#include <string_view>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "agent/operator/incident_actions.h"
#include "agent/version.h"

namespace vedette::operators {
namespace {

namespace json = boost::json;

struct Field {
  std::string_view name, type, about;
  bool needed = false;
};

struct Operation {
  std::string_view method, path, summary;
  std::span<const Field> body{};
};

constexpr std::string_view instant_about = "RFC 3339, as 2026-11-08T10:00:00Z";

constexpr std::array opening{
    Field{"title", "string", "", true}, Field{"text", "string", "the first public entry"},
    Field{"impact", "string", "none, minor, major or critical; without it, it follows"},
    Field{"components", "array", "ids"},
    Field{"status", "string", "of these components; major_outage without it"}};
constexpr std::array action{
    Field{"text", "string", "for comment, status, strike, resolve, reopen and postmortem"},
    Field{"public", "boolean", "for comment: whether customers read it; false without it"},
    Field{"status", "string", "for status: investigating, identified or monitoring"},
    Field{"impact", "string", "for impact; null lets it follow from what fails again"},
    Field{"sequence", "integer", "for strike: the entry that is ruled out"},
    Field{"title", "string", "for title"}};
constexpr std::array merging{Field{"into", "string", "the id of the incident that goes on", true}};
constexpr std::array splitting{Field{"components", "array", "ids of those that leave", true}};
constexpr std::array change{
    Field{"text", "string", "one line", true}, Field{"components", "array", "ids", true},
    Field{"at", "string", instant_about},
    Field{"public", "boolean", "whether customers may read the text; true without it"}};
constexpr std::array maintenance{Field{"title", "string", "", true},
                                 Field{"components", "array", "ids", true},
                                 Field{"from", "string", instant_about},
                                 Field{"until", "string", instant_about, true},
                                 Field{"verify_for", "string", "a duration, as 10m"},
                                 Field{"description", "string", "a sentence for customers"}};
constexpr std::array maintenance_action{Field{"until", "string", "for extend"},
                                        Field{"text", "string", "for comment"}};

constexpr std::array operations{
    Operation{"get", "/api/v1/explain",
              "Why a check is in its state: its newest runs, where each rule stands, what is not "
              "cleaned up (?check=NAME)"},
    Operation{"get", "/api/v1/incidents",
              "The open incidents and the newest others (?status=open)"},
    Operation{"post", "/api/v1/incidents", "Open an incident that no check has found", opening},
    Operation{"get", "/api/v1/incidents/{id}", "One incident with all entries"},
    Operation{"get", "/api/v1/incidents/{id}/postmortem", "A draft of its postmortem, markdown"},
    Operation{"post", "/api/v1/incidents/{id}/merge", "Close it; another one goes on with it",
              merging},
    Operation{"post", "/api/v1/incidents/{id}/split", "Some components leave for a new incident",
              splitting},
    Operation{"post", "/api/v1/incidents/{id}/{action}",
              "acknowledge, comment, status, impact, strike, title, resolve, reopen, postmortem",
              action},
    Operation{"get", "/api/v1/changes", "What was done in the last 30 days, newest first"},
    Operation{"post", "/api/v1/changes", "Record a change: 201, or 200 when it is known", change},
    Operation{"get", "/api/v1/maintenances", "Maintenances, the latest start first"},
    Operation{"post", "/api/v1/maintenances", "Schedule a maintenance", maintenance},
    Operation{"post", "/api/v1/maintenances/{id}/{action}", "extend, end, cancel, comment",
              maintenance_action},
    Operation{"get", "/api/v1/openapi.json", "This document"},
};

json::object schema(const Field& field) {
  json::object object{{"type", field.type}};
  if (field.type == "array") object["items"] = {{"type", "string"}};
  if (!field.about.empty()) object["description"] = field.about;
  return object;
}

json::object request_body(std::span<const Field> fields) {
  json::object properties;
  json::array needed;
  for (const Field& field : fields) {
    properties[field.name] = schema(field);
    if (field.needed) needed.push_back(json::value(field.name));
  }
  json::object body{{"type", "object"}, {"properties", std::move(properties)}};
  if (!needed.empty()) body["required"] = std::move(needed);
  return {{"content", {{"application/json", {{"schema", std::move(body)}}}}}};
}

json::array parameters(std::string_view path) {
  json::array all;
  for (const std::string_view name : {"id", "action"}) {
    if (!path.contains("{" + std::string(name) + "}")) continue;
    all.push_back(
        {{"name", name}, {"in", "path"}, {"required", true}, {"schema", {{"type", "string"}}}});
  }
  return all;
}

json::object responses() {
  json::object error{{"description", "{\"error\": \"...\"}"}};
  return {{"2XX", {{"description", "What was asked for, as it is now"}}},
          {"4XX", error},
          {"503", {{"description", "The store does not answer; try again"}}}};
}

json::object described(const Operation& one) {
  json::object object{{"summary", one.summary}, {"responses", responses()}};
  if (auto named = parameters(one.path); !named.empty()) object["parameters"] = std::move(named);
  if (!one.body.empty()) object["requestBody"] = request_body(one.body);
  return object;
}

}  // namespace

json::object openapi_document() {
  json::object paths;
  for (const Operation& one : operations) {
    auto& path = paths[one.path];
    if (!path.is_object()) path = json::object{};
    path.as_object()[one.method] = described(one);
  }
  return {
      {"openapi", "3.1.0"},
      {"info", {{"title", "Vedette operator API"}, {"version", version}}},
      {"security", json::array{json::object{{"bearer", json::array{}}}}},
      {"components", {{"securitySchemes", {{"bearer", {{"type", "http"}, {"scheme", "bearer"}}}}}}},
      {"paths", std::move(paths)}};
}

}  // namespace vedette::operators
