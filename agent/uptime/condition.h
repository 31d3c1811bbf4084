// SPDX-License-Identifier: Apache-2.0
// What can be said of a component at one instant: its status, or that nobody could see it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "agent/incident/model.h"

namespace vedette::uptime {

// The statuses in their order, and one more.
enum class Condition : std::uint8_t {
  operational,
  degraded_performance,
  partial_outage,
  major_outage,
  under_maintenance,
  unknown
};
inline constexpr std::size_t condition_count = 6;
inline constexpr std::array<Condition, condition_count> all_conditions{
    Condition::operational,  Condition::degraded_performance, Condition::partial_outage,
    Condition::major_outage, Condition::under_maintenance,    Condition::unknown};

constexpr Condition condition_of(incident::ComponentStatus status) {
  return static_cast<Condition>(status);
}

std::string_view text(Condition condition);
std::optional<Condition> parse_condition(std::string_view text);

}  // namespace vedette::uptime
