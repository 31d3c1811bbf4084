// SPDX-License-Identifier: Apache-2.0
// The `imap` section of a check, typed and checked.
#pragma once

#include <optional>
#include <string>

#include "config/node.h"
#include "probes/mail/access.h"
#include "probes/peer/judge.h"

namespace vedette::imap {

struct Settings {
  mail::Access access;
  std::string mailbox;  // looked into after the sign-in; UTF-8
  peer::Expectations expectations;
  Mask mask;
};

// Nothing when there were problems; all of them are reported.
std::optional<Settings> parse_settings(const config::Node& node, config::Problems& problems);

}  // namespace vedette::imap
