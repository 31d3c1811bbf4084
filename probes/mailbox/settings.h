// SPDX-License-Identifier: Apache-2.0
// The `mailbox` section of a check, typed and checked.
#pragma once

#include <optional>
#include <string>

#include "config/node.h"
#include "probes/mail/access.h"
#include "probes/mailbox/decide.h"
#include "probes/peer/judge.h"
#include "probes/transcript.h"

namespace vedette::mailbox {

struct Settings {
  mail::Access access;            // one server, with credentials
  std::string mailbox = "INBOX";  // UTF-8
  Limits limits;
  peer::Expectations expectations;
  Mask mask;

  // Server, user and mailbox as one word: what a memory is about.
  std::string about() const;
};

// Nothing when there were problems; all of them are reported.
std::optional<Settings> parse_settings(const config::Node& node, config::Problems& problems);

}  // namespace vedette::mailbox
