// SPDX-License-Identifier: Apache-2.0
// What a flow needs of the program that runs it.
#pragma once

#include <functional>
#include <string>

#include "probes/flow/callbacks.h"
#include "probes/flow/journal.h"
#include "probes/flow/report.h"

namespace vedette::flow {

struct Services {
  std::string flow;                // the check's name as configured, without its variant
  Journal* journal = nullptr;      // null: steps with a cleanup are not sent
  Callbacks* callbacks = nullptr;  // null: there are no webhooks
  // Told of each step when it is over; may be empty.
  std::function<void(const StepReport& step)> on_step;
};

}  // namespace vedette::flow
