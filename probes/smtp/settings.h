// SPDX-License-Identifier: Apache-2.0
// The `smtp` section of a check, typed and checked.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/node.h"
#include "probes/mail/access.h"
#include "probes/peer/judge.h"

namespace vedette::smtp {

enum class Wanted : std::uint8_t { accepted, refused, deferred };

struct Recipient {
  std::string address;
  Wanted wanted = Wanted::accepted;
};

// Sender and recipient are strangers to the server: it must not take such mail.
struct OpenRelay {
  std::string from;
  std::string to;
};

struct Settings {
  mail::Access access;
  std::optional<std::string> mail_from;  // "": the null sender
  std::vector<Recipient> recipients;
  std::optional<OpenRelay> open_relay;
  peer::Expectations expectations;
  Mask mask;
};

// Nothing when there were problems; all of them are reported.
std::optional<Settings> parse_settings(const config::Node& node, config::Problems& problems);

}  // namespace vedette::smtp
