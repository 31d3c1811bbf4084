// SPDX-License-Identifier: Apache-2.0
// Looks at a mailbox without changing anything in it: EXAMINE, SEARCH, and FETCH of our own
// messages with PEEK.
#pragma once

#include <string>

#include "probes/mail/imap_session.h"
#include "probes/mailbox/memory.h"
#include "probes/mailbox/seen.h"

namespace vedette::mailbox {

struct LookFor {
  std::string mailbox;  // UTF-8
  std::string owner;    // of our canary
  bool quota = false;
};

// `session` is signed in; it outlives the call. `memory` is that of the last run: with it, the look
// costs the same however large the mailbox is.
Awaitable<mail::Expected<Seen>> look(mail::ImapSession& session, LookFor what, Memory memory,
                                     Deadline deadline);

}  // namespace vedette::mailbox
