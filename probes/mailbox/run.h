// SPDX-License-Identifier: Apache-2.0
// One visit to the mailbox: look, decide, and plant a canary where that is wanted.
#pragma once

#include "probes/mailbox/settings.h"
#include "probes/probe.h"

namespace vedette::mailbox {

// `settings` outlives the run.
Awaitable<Result> run(const Settings& settings, RunInput input);

}  // namespace vedette::mailbox
