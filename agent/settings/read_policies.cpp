// SPDX-License-Identifier: Apache-2.0
#include "agent/settings/read_policies.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

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

detect::Slower read_slower(Section& detect, detect::Slower policy) {
  const auto* node = detect.find("slower_than_usual");
  if (node == nullptr) return policy;
  policy.on = !says_none(detect, "slower_than_usual");
  if (!policy.on) return policy;
  Section section(*node, "slower_than_usual", detect.problems());
  policy.factor = section.number("factor", policy.factor);
  if (!(policy.factor >= 1.05 && policy.factor <= 100))
    section.problems().add(section.find("factor")->place,
                           "\"factor\" must be from 1.05 to 100: so many times as slow as usual");
  policy.floor = section.duration("floor", policy.floor, 0s, 1h);
  policy.days = static_cast<int>(section.integer("days", policy.days, 1, 13));
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
  policy.slower = read_slower(detect, base.slower);
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

// A hole that nothing fills would be shown as it is.
void check_holes(const config::Node& node, const std::string& text, const incident::TextKey& key,
                 config::Problems& problems) {
  for (const auto& hole : brand::holes_of(text)) {
    if (std::ranges::find(key.holes, hole) == key.holes.end())
      problems.add(node.place, fmt::format("{{{}}} is filled with nothing here; there is {{{}}}",
                                           hole, fmt::join(key.holes, "}, {")));
  }
}

incident::Texts read_texts(Section& incidents) {
  incident::Texts texts;
  const auto* node = incidents.find("texts");
  if (node == nullptr) return texts;
  Section section(*node, "texts", incidents.problems());
  for (const auto& key : incident::text_keys()) {
    const auto* own = section.find(key.key);
    if (own == nullptr) continue;
    texts.*(key.member) = section.text(key.key, "");
    check_holes(*own, texts.*(key.member), key, section.problems());
  }
  section.finish();
  return texts;
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
    policy.texts = read_texts(section);
    policy.major_from = read_share(section, "major_from", policy.major_from, 0, 1);
    section.finish();
  }
  return policy;
}

}  // namespace vedette::settings
