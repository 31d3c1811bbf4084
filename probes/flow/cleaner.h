// SPDX-License-Identifier: Apache-2.0
// Undoes what one step of a run may have done.
#pragma once

#include "probes/flow/journal.h"
#include "probes/flow/step_runner.h"

namespace vedette::flow {

// For one run, be it over for minutes or for days. What it refers to outlives it.
class Cleaner {
 public:
  Cleaner(const Settings& settings, net::Toolbox& net, Variables& variables, std::uint64_t identity)
      : variables_(variables), runner_(settings, net, variables, identity) {}

  // Runs the step's cleanup once. When the answer of the step was lost, and with it what the
  // cleanup needs to know, the step is asked again under its key, which does nothing again. Returns
  // why it is not clean yet, one sentence; empty: it is, or there was nothing to undo.
  Awaitable<std::string> clean(const Step& step, Instant noted, Deadline deadline);

 private:
  bool knows_enough(const Step& step) const;
  Awaitable<std::string> ask_again(const Step& step, Instant noted, Deadline deadline);

  Variables& variables_;
  StepRunner runner_;
};

}  // namespace vedette::flow
