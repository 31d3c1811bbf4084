// SPDX-License-Identifier: Apache-2.0
// What the agent must know of a kind of probe: its name in the configuration, its parser, the
// metrics it fills.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "config/node.h"
#include "probes/probe.h"

namespace vedette {

// A gauge series of a probe type. Several entries may share a name and differ in one label:
// {"probe_http_duration_seconds", "...", "phase", "connect"}. Entries of one name stand together.
struct GaugeSpec {
  std::string_view name;
  std::string_view help;
  std::string_view label = {};  // extra label, if any
  std::string_view value = {};
};

// An info series (value 1) whose labels are texts found in the run.
struct InfoSpec {
  std::string_view name;
  std::string_view help;
};

struct ProbeType {
  std::string_view name;
  // Parses the type's own section. Null when there were problems. `timeout` is the check's.
  std::unique_ptr<const Probe> (*parse)(const config::Node& section, config::Problems& problems);
  std::span<const GaugeSpec> gauges;
  std::span<const InfoSpec> infos;
};

}  // namespace vedette
