// SPDX-License-Identifier: Apache-2.0
// The keys that every probe of a mail server has: which server, how protected, signed in as whom.
#pragma once

#include <optional>
#include <vector>

#include "config/node.h"
#include "probes/mail/sasl.h"
#include "probes/mail/server.h"
#include "probes/transcript.h"

namespace vedette::mail {

enum class Protocol : std::uint8_t { smtp, imap, pop3 };

struct Access {
  std::vector<Server> servers;  // the same one, for each IP family: one, or two for `ip: each`
  std::optional<Credentials> credentials;
};

// The keys `server`, `ip`, `encryption`, `tls`, `auth` and, for SMTP, `client_name`. What must not
// be shown is added to the mask. docs/configuration.md tells the defaults.
Access read_access(config::Section& section, Protocol protocol, Mask& mask);

}  // namespace vedette::mail
