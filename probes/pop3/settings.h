// SPDX-License-Identifier: Apache-2.0
// The `pop3` section of a check, typed and checked.
#pragma once

#include <optional>

#include "config/node.h"
#include "probes/mail/access.h"
#include "probes/peer/judge.h"

namespace vedette::pop3 {

struct Settings {
  mail::Access access;
  peer::Expectations expectations;
  Mask mask;
};

// Nothing when there were problems; all of them are reported.
std::optional<Settings> parse_settings(const config::Node& node, config::Problems& problems);

}  // namespace vedette::pop3
