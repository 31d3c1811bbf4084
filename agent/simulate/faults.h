// SPDX-License-Identifier: Apache-2.0
// The world of a rehearsal: what a run of a check would find at an instant.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "agent/detect/detector.h"
#include "agent/simulate/scenario.h"

namespace vedette::simulate {

struct Found {
  detect::Sample sample;
  Duration takes{};
};

class Faults {
 public:
  explicit Faults(const std::vector<Fault>& faults) : faults_(faults) {}

  // Counts the run: intermittent faults strike every n-th of them, whatever becomes of the agent.
  Found look(const CheckPlan& check, const std::string& region, Instant at);

 private:
  const Fault* striking(const CheckPlan& check, const std::string& region, Instant at);
  bool is_turn_of(const Fault& fault, const CheckPlan& check, const std::string& region);

  const std::vector<Fault>& faults_;
  std::map<std::tuple<const Fault*, std::string, std::string>, std::int64_t> runs_;
};

}  // namespace vedette::simulate
