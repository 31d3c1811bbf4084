// SPDX-License-Identifier: Apache-2.0
#include "agent/settings/read_policies.h"

#include <algorithm>

#include <fmt/format.h>

#include "agent/settings/words.h"

namespace vedette::settings {

using namespace std::chrono_literals;
using config::Section;

namespace {

// That so many of so few results could be bad is no policy.
void compare(Section& section, int some, std::string_view of_what, int of) {
  if (some <= of) return;
  section.problems().add(
      section.place(), fmt::format("{} {} of {} results can never be; {} must be at most of", some,
                                   of_what, of, of_what));
}

int read_count(Section& section, std::string_view key, int fallback) {
  return static_cast<int>(section.integer(key, fallback, 1, 64));
}

detect::Degraded read_degraded(Section& detect, const detect::Policy& base) {
  const auto* node = detect.find("degraded");
  if (node == nullptr) return base.degraded;
  Section section(*node, "degraded", detect.problems());
  detect::Degraded policy;
  policy.results = read_count(section, "results", base.degraded.results);
  policy.of = read_count(section, "of", base.degraded.of);
  policy.passes = read_count(section, "passes", base.degraded.passes);
  section.finish();
  return policy;
}

detect::Intermittent read_intermittent(Section& detect, detect::Intermittent policy) {
  const auto* node = detect.find("intermittent");
  if (node == nullptr) return policy;
  policy.on = !says_none(detect, "intermittent");
  if (!policy.on) return policy;
  Section section(*node, "intermittent", detect.problems());
  policy.false_alarm_every =
      section.duration("false_alarm_every", policy.false_alarm_every, 1h, 3650 * 24h);
  policy.normal_failures =
      read_share(section, "normal_failures", policy.normal_failures, 0.0001, 0.3);
  policy.worth_knowing = read_share(section, "worth_knowing", policy.worth_knowing, 0.01, 0.95);
  section.finish();
  if (policy.worth_knowing < 2 * policy.normal_failures) {
    detect.problems().add(
        node->place, fmt::format("a share worth knowing of {:g}% cannot be told from the normal "
                                 "{:g}%; it must be at least twice as much",
                                 100 * policy.worth_knowing, 100 * policy.normal_failures));
  }
  return policy;
}

detect::Flapping read_flapping(Section& detect, detect::Flapping policy) {
  const auto* node = detect.find("flapping");
  if (node == nullptr) return policy;
  policy.on = !says_none(detect, "flapping");
  if (!policy.on) return policy;
  Section section(*node, "flapping", detect.problems());
  policy.start = read_share(section, "start", policy.start, 0.05, 1);
  policy.stop = read_share(section, "stop", std::min(policy.stop, policy.start), 0, policy.start);
  section.finish();
  return policy;
}

}  // namespace

detect::Policy read_detect(Section& section, const detect::Policy& base) {
  const auto* node = section.find("detect");
  if (node == nullptr) return base;
  Section detect(*node, "detect", section.problems());
  detect::Policy policy;
  policy.failures = read_count(detect, "failures", base.failures);
  policy.of = read_count(detect, "of", base.of);
  policy.passes = read_count(detect, "passes", base.passes);
  policy.confirm_after = detect.duration("confirm_after", base.confirm_after, 0s, 1h);
  policy.degraded = read_degraded(detect, base);
  policy.intermittent = read_intermittent(detect, base.intermittent);
  policy.flapping = read_flapping(detect, base.flapping);
  detect.finish();
  compare(detect, policy.failures, "failures", policy.of);
  if (policy.degraded.results > 0 || policy.degraded.of > 0) {
    compare(detect, policy.degraded.results > 0 ? policy.degraded.results : policy.failures,
            "degraded results", policy.degraded.of > 0 ? policy.degraded.of : policy.of);
  }
  return policy;
}

detect::Policy fitted(detect::Policy policy, Duration every) {
  policy.confirm_after = std::min(policy.confirm_after, every);
  policy.every = every;
  return policy;
}

namespace {

Duration read_update_every(Section& section, Duration fallback) {
  if (section.find("update_every") != nullptr && says_none(section, "update_every")) return {};
  return section.duration("update_every", fallback, 1min, 24h);
}

}  // namespace

incident::Policy read_incidents(Section& top) {
  incident::Policy policy;
  if (const auto* node = top.find("incidents")) {
    Section section(*node, "incidents", top.problems());
    policy.resolve_after = section.duration("resolve_after", policy.resolve_after, 0s, 24h);
    policy.reopen_within = section.duration("reopen_within", policy.reopen_within, 0s, 30 * 24h);
    policy.join_within = section.duration("join_within", policy.join_within, 0s, 24h);
    policy.update_every = read_update_every(section, policy.update_every);
    policy.look_back = section.duration("look_back", policy.look_back, 1min, 24h);
    policy.major_from = read_share(section, "major_from", policy.major_from, 0, 1);
    section.finish();
  }
  return policy;
}

}  // namespace vedette::settings
