// SPDX-License-Identifier: Apache-2.0
// Reads the steps of a flow, one after the other, and keeps count of what they know.
#pragma once

#include <span>
#include <vector>

#include "probes/flow/names.h"
#include "probes/flow/settings.h"

namespace vedette::flow {

// What is known where a step is read.
struct Context {
  std::span<const ProbeType> types;
  Names known{};          // names that have a value before the step
  Values samples{};       // of those that the configuration gives
  Names step_names{};     // of the steps before
  bool cleaning = false;  // it stands below `cleanup`
  bool has_webhook = false;
};

// `context` learns what the step gives to later ones.
Step read_step(const config::Node& node, Context& context, config::Problems& problems);

}  // namespace vedette::flow
