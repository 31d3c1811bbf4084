// SPDX-License-Identifier: Apache-2.0
// The `mail_round_trip` section of a check, typed and checked.
#pragma once

#include <optional>
#include <string>

#include "config/node.h"
#include "probes/mail/sasl.h"
#include "probes/mail/server.h"
#include "probes/round_trip/compose.h"
#include "probes/round_trip/judge.h"
#include "probes/transcript.h"

namespace vedette::round_trip {

struct Server {
  mail::Server server;
  std::optional<mail::Credentials> credentials;
};

struct Settings {
  Server submission;
  Server mailbox;
  Template message;
  std::string envelope_from;  // empty: the null sender
  std::string envelope_to;
  std::optional<Duration> within;    // nothing: as long as the timeout lets it
  std::size_t clear_leftovers = 20;  // at most, in each run
  Rules rules;
  Mask mask;  // of all secrets in here
};

// Nothing when there were problems; all of them are reported.
std::optional<Settings> parse_settings(const config::Node& node, config::Problems& problems);

}  // namespace vedette::round_trip
