// SPDX-License-Identifier: Apache-2.0
#include "agent/uptime/condition.h"

namespace vedette::uptime {

std::string_view text(Condition condition) {
  if (condition == Condition::unknown) return "unknown";
  return incident::text(static_cast<incident::ComponentStatus>(condition));
}

std::optional<Condition> parse_condition(std::string_view text) {
  for (const auto condition : all_conditions) {
    if (uptime::text(condition) == text) return condition;
  }
  return std::nullopt;
}

}  // namespace vedette::uptime
