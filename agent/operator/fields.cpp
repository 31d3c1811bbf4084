// SPDX-License-Identifier: Apache-2.0
#include "agent/operator/fields.h"

#include <algorithm>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include "agent/calendar/instant.h"

namespace vedette::operators {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_text = 32 * 1024;
constexpr std::size_t max_depth = 8;

}  // namespace

Fields::Fields(std::string_view body) {
  if (body.empty()) return;
  boost::system::error_code error;
  auto parsed = json::parse(body, error, {}, json::parse_options{.max_depth = max_depth});
  if (error || !parsed.is_object()) {
    problem_ = "the body must be one JSON object";
    return;
  }
  object_ = std::move(parsed.as_object());
}

void Fields::complain(std::string_view name, std::string_view what) {
  if (problem_.empty()) problem_ = fmt::format("\"{}\" {}", name, what);
}

const json::value* Fields::find(std::string_view name) {
  known_.emplace_back(name);
  const auto* found = object_.if_contains(name);
  return found != nullptr && found->is_null() ? nullptr : found;
}

bool Fields::is_null(std::string_view name) {
  known_.emplace_back(name);
  const auto* found = object_.if_contains(name);
  return found != nullptr && found->is_null();
}

std::string Fields::text(std::string_view name) {
  const auto* found = find(name);
  if (found == nullptr) return {};
  if (!found->is_string() || found->as_string().size() > longest_text) {
    complain(name, "must be a text of at most 32 KiB");
    return {};
  }
  return std::string(found->as_string());
}

std::string Fields::needed_text(std::string_view name) {
  auto given = text(name);
  if (given.empty()) complain(name, "is needed");
  return given;
}

bool Fields::boolean(std::string_view name, bool fallback) {
  const auto* found = find(name);
  if (found == nullptr) return fallback;
  if (!found->is_bool()) complain(name, "must be true or false");
  return found->is_bool() ? found->as_bool() : fallback;
}

std::optional<std::int64_t> Fields::integer(std::string_view name) {
  const auto* found = find(name);
  if (found == nullptr) return std::nullopt;
  if (!found->is_int64()) complain(name, "must be a whole number");
  return found->is_int64() ? std::optional(found->as_int64()) : std::nullopt;
}

std::optional<Instant> Fields::instant(std::string_view name) {
  const auto given = text(name);
  if (given.empty()) return std::nullopt;
  const auto parsed = calendar::parse_instant(given);
  if (!parsed) complain(name, "is no instant: " + parsed.error());
  return parsed ? std::optional(*parsed) : std::nullopt;
}

Duration Fields::duration(std::string_view name) {
  const auto given = text(name);
  if (given.empty()) return {};
  const auto parsed = config::parse_duration(given);
  if (!parsed) complain(name, "is no duration, as 90s, 10m or 2h");
  return parsed.value_or(Duration{});
}

std::vector<std::string> Fields::texts(std::string_view name) {
  const auto* found = find(name);
  if (found == nullptr) return {};
  if (found->is_string()) return {std::string(found->as_string())};
  std::vector<std::string> all;
  if (found->is_array()) {
    for (const auto& item : found->as_array()) {
      if (item.is_string()) all.emplace_back(item.as_string());
    }
    if (all.size() == found->as_array().size()) return all;
  }
  complain(name, "must be a list of texts");
  return {};
}

std::string Fields::problem() const {
  if (!problem_.empty()) return problem_;
  for (const auto& entry : object_) {
    const std::string_view key(entry.key().data(), entry.key().size());
    if (std::ranges::find(known_, key) == known_.end())
      return fmt::format("there is no field \"{}\" here; there are {}", key.substr(0, 64),
                         fmt::join(known_, ", "));
  }
  return {};
}

}  // namespace vedette::operators
