// SPDX-License-Identifier: Apache-2.0
#include "agent/simulate/faults.h"

#include <algorithm>
#include <ranges>

#include <fmt/format.h>

namespace vedette::simulate {
namespace {

bool covers(const std::vector<std::string>& names, const std::string& name) {
  return names.empty() || std::ranges::find(names, name) != names.end();
}

detect::Sample sample_of(const Fault& fault, Instant at) {
  detect::Sample sample{*fault.outcome, fault.reason, fault.message, at};
  sample.step = fault.step;
  if (sample.message.empty() && fault.reason) {
    sample.message = fmt::format("rehearsed: {}", plain_words(*fault.reason));
  }
  return sample;
}

// A run that takes longer than the check allows ends there, as a real one does.
void cut(Found& found, const CheckPlan& check) {
  if (found.takes < check.timeout) return;
  found.takes = check.timeout;
  if (found.sample.outcome == Outcome::unknown) return;
  found.sample.outcome = Outcome::fail;
  found.sample.reason = Reason::timeout;
  found.sample.message = "rehearsed: no answer in time";
}

}  // namespace

const Fault* Faults::acting(const CheckPlan& check, const std::string& region, Instant at) const {
  for (const Fault& fault : faults_ | std::views::reverse) {
    const bool now = at >= fault.from && at < fault.until;
    if (now && covers(fault.checks, check.name) && covers(fault.regions, region)) return &fault;
  }
  return nullptr;
}

Found Faults::look(const CheckPlan& check, const std::string& region, Instant at) {
  Found found{{Outcome::pass, {}, {}, at}, Fault{}.takes};
  const Fault* fault = acting(check, region, at);
  if (!fault) return found;
  const auto run = runs_[{fault, check.name, region}]++;
  if (run % fault->every_nth != 0) return found;
  if (fault->outcome) found.sample = sample_of(*fault, at);
  found.takes = fault->takes;
  cut(found, check);
  return found;
}

}  // namespace vedette::simulate
