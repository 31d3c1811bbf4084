// SPDX-License-Identifier: Apache-2.0
// From what the steps gave to the result of the flow. No I/O.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "probes/flow/settings.h"
#include "probes/result.h"

namespace vedette::flow {

struct StepReport {
  const Step* step = nullptr;
  Result result;    // without secrets
  Values captured;  // secrets are "***"
  int attempts = 1;
  bool in_vain = false;  // no attempt can have had an effect
  bool skipped = false;  // `only_if` was not met; then nothing else is said
};

// What a provider says in an answer that is an error: "card_declined: Your card was declined."
// (objects "error", "errors", RFC 9457). Empty when it says nothing.
std::string provider_error(const Answer& answer);

// Of the whole flow. The first step that did not pass speaks for it; a failure outweighs a
// degradation. Values that were captured are its facts. Names of steps are referred to: the
// settings outlive the result.
Result summary(const Settings& settings, const std::vector<StepReport>& steps);

// Gauges of each step, in the order of the steps; the values of one result stand likewise.
std::vector<GaugeSpec> step_gauges(const std::vector<Step>& steps);

}  // namespace vedette::flow
