// SPDX-License-Identifier: Apache-2.0
// From what was seen and decided to the result of a run. No I/O.
#pragma once

#include <optional>

#include "probes/mail/imap_session.h"
#include "probes/mailbox/decide.h"
#include "probes/mailbox/settings.h"

namespace vedette::mailbox {

// Everything that one run saw.
struct Visit {
  const mail::ImapSession& session;
  mail::Expected<void> done;  // or what ended the run early
  std::optional<Seen> seen;
  std::optional<Decision> decision;  // with `seen`
};

// `started_at` and `memory` are left to the caller.
Result report(const Settings& settings, const Visit& visit);

}  // namespace vedette::mailbox
