// SPDX-License-Identifier: Apache-2.0
// The log lines of incidents: one for each public update.
#pragma once

#include "agent/reconcile/core.h"

namespace vedette::reconcile {

// The updates that were written with this state. Internal ones hold evidence, and stay in the
// store.
void log_updates(const Written& written);

}  // namespace vedette::reconcile
