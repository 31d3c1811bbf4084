// SPDX-License-Identifier: Apache-2.0
// One SMTP session up to the recipients; no message is ever sent.
#pragma once

#include "probes/probe.h"
#include "probes/smtp/settings.h"

namespace vedette::smtp {

// `settings` outlive the run.
Awaitable<Result> run(const Settings& settings, net::Toolbox& net, Deadline deadline);

}  // namespace vedette::smtp
