// SPDX-License-Identifier: Apache-2.0
#include "agent/settings/read_policies.h"

#include <fmt/format.h>

namespace vedette::settings {

using namespace std::chrono_literals;
using config::Section;

detect::Policy read_detect(Section& section, const detect::Policy& base) {
  const auto* node = section.find("detect");
  if (node == nullptr) return base;
  Section detect(*node, "detect", section.problems());
  detect::Policy policy;
  policy.failures = static_cast<int>(detect.integer("failures", base.failures, 1, 64));
  policy.of = static_cast<int>(detect.integer("of", base.of, 1, 64));
  policy.passes = static_cast<int>(detect.integer("passes", base.passes, 1, 64));
  policy.confirm_after = detect.duration("confirm_after", base.confirm_after, 0s, 1h);
  detect.finish();
  if (policy.failures > policy.of) {
    section.problems().add(
        node->place,
        fmt::format("{} failures of {} results can never be; failures must be at most of",
                    policy.failures, policy.of));
  }
  return policy;
}

incident::Policy read_incidents(Section& top) {
  incident::Policy policy;
  if (const auto* node = top.find("incidents")) {
    Section section(*node, "incidents", top.problems());
    policy.resolve_after = section.duration("resolve_after", policy.resolve_after, 0s, 24h);
    policy.reopen_within = section.duration("reopen_within", policy.reopen_within, 0s, 30 * 24h);
    section.finish();
  }
  return policy;
}

}  // namespace vedette::settings
