// SPDX-License-Identifier: Apache-2.0
#include "agent/simulate/compare.h"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

namespace vedette::simulate {
namespace {

using incident::AffectedComponent;

Duration distance(const Expectation& expected, const Told& told) {
  return std::chrono::abs(told.update.at - expected.at);
}

void compare_texts(std::vector<std::string>& misses, const Expectation& expected,
                   const std::string& text) {
  for (const std::string& part : expected.text) {
    if (!text.contains(part)) misses.push_back(fmt::format("text lacks \"{}\"", part));
  }
  for (const std::string& part : expected.not_text) {
    if (text.contains(part)) misses.push_back(fmt::format("text has \"{}\"", part));
  }
}

void compare_components(std::vector<std::string>& misses, const Expectation& expected,
                        const std::vector<AffectedComponent>& affected) {
  for (const auto& [id, status] : expected.components) {
    const auto found = std::ranges::find(affected, id, &AffectedComponent::component);
    const auto now = found == affected.end() ? std::string_view("not part of the incident")
                                             : text(found->new_status);
    if (now == text(status)) continue;
    misses.push_back(fmt::format("component {} is {}, expected {}", id, now, text(status)));
  }
}

// All in which the update is not what was expected.
std::vector<std::string> misses_of(const Expectation& expected, const Told& told) {
  std::vector<std::string> misses;
  const auto compare = [&](std::string_view what, std::string_view is, std::string_view wanted) {
    if (is != wanted) misses.push_back(fmt::format("{} is {}, expected {}", what, is, wanted));
  };
  if (distance(expected, told) > expected.within) {
    misses.push_back(fmt::format("it is {} away, allowed are {}",
                                 config::format_duration(distance(expected, told)),
                                 config::format_duration(expected.within)));
  }
  if (expected.group) compare("group", told.group, *expected.group);
  if (expected.status) compare("status", text(told.update.status), text(*expected.status));
  if (expected.impact) compare("impact", text(told.impact), text(*expected.impact));
  compare_texts(misses, expected, told.update.text);
  compare_components(misses, expected, told.update.affected);
  return misses;
}

std::string shown(const Told& told) {
  return fmt::format("{} {} {}: {}", format_instant(told.update.at), told.group,
                     text(told.update.status), told.update.text);
}

class Comparison {
 public:
  Comparison(const Scenario& scenario, const std::vector<Told>& timeline)
      : scenario_(scenario), timeline_(timeline), met_(timeline.size(), false) {}

  std::vector<Difference> run() {
    std::vector<const Expectation*> missed;
    for (const Expectation& expected : *scenario_.expect) {
      if (!meet(expected)) missed.push_back(&expected);
    }
    for (const Expectation* expected : missed) tell_missed(*expected);
    if (!scenario_.others_allowed) tell_others();
    return std::move(differences_);
  }

 private:
  bool meet(const Expectation& expected) {
    for (std::size_t i = 0; i < timeline_.size(); ++i) {
      if (met_[i] || timeline_[i].update.is_public != expected.is_public) continue;
      if (!misses_of(expected, timeline_[i]).empty()) continue;
      return met_[i] = true;
    }
    return false;
  }

  // The nearest update that could have been meant, and what it lacks.
  void tell_missed(const Expectation& expected) {
    Difference difference{
        fmt::format("{}: no such update at {}", expected.place.text(), format_instant(expected.at)),
        {}};
    const Told* nearest = nullptr;
    for (std::size_t i = 0; i < timeline_.size(); ++i) {
      if (met_[i] || timeline_[i].update.is_public != expected.is_public) continue;
      const Told& told = timeline_[i];
      if (!nearest || distance(expected, told) < distance(expected, *nearest)) nearest = &told;
    }
    if (nearest) {
      difference.details.push_back("nearest: " + shown(*nearest));
      std::ranges::copy(misses_of(expected, *nearest), std::back_inserter(difference.details));
    }
    differences_.push_back(std::move(difference));
  }

  void tell_others() {
    for (std::size_t i = 0; i < timeline_.size(); ++i) {
      if (met_[i] || !timeline_[i].update.is_public) continue;
      differences_.push_back({"not expected: " + shown(timeline_[i]), {}});
    }
  }

  const Scenario& scenario_;
  const std::vector<Told>& timeline_;
  std::vector<bool> met_;
  std::vector<Difference> differences_;
};

}  // namespace

std::vector<Difference> compare(const Scenario& scenario, const std::vector<Told>& timeline) {
  if (!scenario.expect) return {};
  return Comparison(scenario, timeline).run();
}

}  // namespace vedette::simulate
