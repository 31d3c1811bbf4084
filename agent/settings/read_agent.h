// SPDX-License-Identifier: Apache-2.0
// The sections `agent` and `page`.
#pragma once

#include "agent/settings/settings.h"
#include "config/node.h"

namespace vedette::settings {

Agent read_agent(config::Section& top);
Page read_page(config::Section& top);

}  // namespace vedette::settings
