// SPDX-License-Identifier: Apache-2.0
// What the agent must know of a kind of probe: its name in the configuration, its parser, the
// metrics it fills.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string_view>

#include "config/node.h"
#include "probes/probe.h"

namespace vedette {

// An info series (value 1) whose labels are texts found in the run.
struct InfoSpec {
  std::string_view name;
  std::string_view help;
};

struct ProbeType {
  std::string_view name;
  // Parses the type's own section. Null when there were problems.
  std::function<std::unique_ptr<const Probe>(const config::Node& section,
                                             config::Problems& problems)>
      parse;
  std::span<const GaugeSpec> gauges;
  std::span<const InfoSpec> infos;
  // A run does something at the other side that costs or that has to be taken back: it is not run
  // more often than it was told to be.
  bool leaves_traces = false;
};

}  // namespace vedette
