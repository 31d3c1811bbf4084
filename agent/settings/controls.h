// SPDX-License-Identifier: Apache-2.0
// Reference targets: as long as one of them answers, the agent sees, and what fails is theirs.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "config/node.h"
#include "probes/probe.h"
#include "probes/probe_type.h"

namespace vedette::settings {

struct ControlTarget {
  std::string name;
  std::shared_ptr<const Probe> probe;
};

struct Controls {
  std::vector<ControlTarget> targets;  // none: every failure is taken for theirs
  Duration every{60'000};              // while nothing fails
  Duration timeout{3'000};
  std::size_t needed = 1;  // so many must answer
};

// The key `controls` of the section `agent`.
Controls read_controls(config::Section& agent, std::span<const ProbeType> types);

}  // namespace vedette::settings
