// SPDX-License-Identifier: Apache-2.0
#include "agent/settings/read_changes.h"

#include "agent/settings/words.h"

namespace vedette::settings {

using namespace std::chrono_literals;

std::optional<schedule::Pace> read_after_change(config::Section& section,
                                                std::optional<schedule::Pace> base) {
  const auto* node = section.find("after_change");
  if (node == nullptr) return base;
  if (says_none(section, "after_change")) return std::nullopt;
  config::Section own(*node, "after_change", section.problems());
  schedule::Pace pace = base.value_or(schedule::Pace{});
  pace.every = own.duration("every", pace.every, 1s, 1h);
  pace.lasting = own.duration("for", pace.lasting, 0s, 24h);
  own.finish();
  return pace;
}

}  // namespace vedette::settings
