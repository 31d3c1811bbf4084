// SPDX-License-Identifier: Apache-2.0
#include "agent/incident/change.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "probes/stable_hash.h"
#include "probes/stable_id.h"

namespace vedette::incident {

std::string_view text(ChangeKind kind) {
  return kind == ChangeKind::recorded ? "recorded" : "observed";
}

std::optional<ChangeKind> parse_change_kind(std::string_view word) {
  for (const auto kind : {ChangeKind::recorded, ChangeKind::observed}) {
    if (word == text(kind)) return kind;
  }
  return std::nullopt;
}

std::string change_id(const Change& change) {
  return stable_id(stable_hash(
      fmt::format("change\n{}\n{}\n{}\n{}\n{}", change.at.time_since_epoch().count(), change.text,
                  change.before, change.after, fmt::join(change.components, "\n"))));
}

}  // namespace vedette::incident
