// SPDX-License-Identifier: Apache-2.0
// The stable words of statuses and impacts, as they stand in the store, the API and the page.
#include "agent/incident/model.h"

#include <algorithm>
#include <array>

namespace vedette::incident {
namespace {

constexpr std::array<std::string_view, 5> component_words{
    "operational", "degraded_performance", "partial_outage", "major_outage", "under_maintenance"};
constexpr std::array<std::string_view, 4> impact_words{"none", "minor", "major", "critical"};
constexpr std::array<std::string_view, 5> status_words{"investigating", "identified", "monitoring",
                                                       "resolved", "postmortem"};

template <class Enum, std::size_t size>
std::optional<Enum> parse(const std::array<std::string_view, size>& words, std::string_view text) {
  const auto found = std::ranges::find(words, text);
  if (found == words.end()) return std::nullopt;
  return static_cast<Enum>(found - words.begin());
}

}  // namespace

std::string_view text(ComponentStatus status) {
  return component_words[static_cast<std::size_t>(status)];
}
std::string_view text(Impact impact) {
  return impact_words[static_cast<std::size_t>(impact)];
}
std::string_view text(Status status) {
  return status_words[static_cast<std::size_t>(status)];
}

std::optional<ComponentStatus> parse_component_status(std::string_view text) {
  return parse<ComponentStatus>(component_words, text);
}
std::optional<Impact> parse_impact(std::string_view text) {
  return parse<Impact>(impact_words, text);
}
std::optional<Status> parse_status(std::string_view text) {
  return parse<Status>(status_words, text);
}

}  // namespace vedette::incident
