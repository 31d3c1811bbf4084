// SPDX-License-Identifier: Apache-2.0
// The keys `submit` and `mailbox` of the `mail_round_trip` section: the two servers.
#pragma once

#include "config/node.h"
#include "probes/round_trip/settings.h"

namespace vedette::round_trip {

void parse_servers(config::Section& section, Settings& out);

}  // namespace vedette::round_trip
