// SPDX-License-Identifier: Apache-2.0
// Detector::account(): where each rule stands, in words.
#include <fmt/format.h>

#include "agent/detect/detector.h"

namespace vedette::detect {
namespace {

std::string account_of(const Intermittence& intermittence) {
  const IntermittenceRule& rule = intermittence.rule();
  if (intermittence.alarmed()) {
    return fmt::format(
        "it fails now and then: over at {} points, it has {} (a pass adds 1, a failure takes {})",
        rule.over, intermittence.regained(), rule.step);
  }
  return fmt::format(
      "{} points of {} toward failing now and then (a failure adds {}, another run takes 1)",
      intermittence.points(), rule.alarm, rule.step);
}

std::string account_of(const Unrest& unrest) {
  const bool flaps = unrest.flaps();
  return fmt::format("{:.0f} % of the last 20 results were changes; {} {:.0f} %",
                     100 * unrest.share(), flaps ? "unstable until" : "unstable from",
                     100 * (flaps ? unrest.stop() : unrest.start()));
}

}  // namespace

std::vector<std::string> Detector::account() const {
  std::vector<std::string> lines;
  lines.push_back(fmt::format("{} of the last {} runs failed; {} make it down", fails(), limits_.of,
                              limits_.failures));
  lines.push_back(fmt::format("{} of the last {} runs were degraded or failed; {} make it degraded",
                              troubles(), limits_.degraded_of, limits_.degraded));
  if (verdict_.state != State::up) {
    lines.push_back(fmt::format("{} passes in a row; {} make it up", passes_, passes_needed()));
  }
  const Intermittence& intermittence = steadiness_.intermittence();
  const Unrest& unrest = steadiness_.unrest();
  if (intermittence.rule().alarm > 0) lines.push_back(account_of(intermittence));
  if (unrest.start() <= 1) lines.push_back(account_of(unrest));
  return lines;
}

}  // namespace vedette::detect
