// SPDX-License-Identifier: Apache-2.0
// The keys of the `mail_round_trip` section that say what is sent: from, to, envelope, subject,
// headers, body.
#pragma once

#include "config/node.h"
#include "probes/round_trip/settings.h"

namespace vedette::round_trip {

// Whatever could end a line or add a header is a problem.
void parse_message(config::Section& section, Settings& out);

}  // namespace vedette::round_trip
