// SPDX-License-Identifier: Apache-2.0
#include "agent/simulate/faults.h"

#include <algorithm>
#include <ranges>

#include <fmt/format.h>

#include "probes/stable_hash.h"

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

// The finisher of SplitMix64 (Steele, Lea and Flood 2014): instants at equal distances are no more
// alike than others afterwards.
std::uint64_t mixed(std::uint64_t bits) {
  bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9ULL;
  bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebULL;
  return bits ^ (bits >> 31);
}

// As a coin that remembers how it fell.
bool is_struck(const Fault& fault, const CheckPlan& check, const std::string& region, Instant at) {
  if (fault.share >= 1) return true;
  const auto bits = [](Instant instant) {
    return static_cast<std::uint64_t>(instant.time_since_epoch().count());
  };
  const auto seed = stable_hash(region, stable_hash(check.name, mixed(bits(fault.from))));
  const auto toss = mixed(mixed(seed) + mixed(bits(at)));
  return static_cast<double>(toss >> 11) * 0x1p-53 < fault.share;
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

bool Faults::is_turn_of(const Fault& fault, const CheckPlan& check, const std::string& region) {
  return fault.every_nth == 1 || runs_[{&fault, check.name, region}]++ % fault.every_nth == 0;
}

// Null: nothing strikes. The later one counts.
const Fault* Faults::striking(const CheckPlan& check, const std::string& region, Instant at) {
  for (const Fault& fault : faults_ | std::views::reverse) {
    const bool now = at >= fault.from && at < fault.until;
    if (!now || !covers(fault.checks, check.name) || !covers(fault.regions, region)) continue;
    if (is_turn_of(fault, check, region) && is_struck(fault, check, region, at)) return &fault;
    if (fault.hides) return nullptr;
  }
  return nullptr;
}

Found Faults::look(const CheckPlan& check, const std::string& region, Instant at) {
  Found found{{Outcome::pass, {}, {}, at}, Fault{}.takes};
  const Fault* fault = striking(check, region, at);
  if (!fault) return found;
  if (fault->outcome) found.sample = sample_of(*fault, at);
  found.takes = fault->takes;
  cut(found, check);
  return found;
}

}  // namespace vedette::simulate
