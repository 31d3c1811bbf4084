// SPDX-License-Identifier: Apache-2.0
// One IMAP session: greeting and, signed in, a look into a mailbox that changes nothing.
#pragma once

#include "probes/imap/settings.h"
#include "probes/probe.h"

namespace vedette::imap {

// `settings` outlive the run.
Awaitable<Result> run(const Settings& settings, net::Toolbox& net, Deadline deadline);

}  // namespace vedette::imap
