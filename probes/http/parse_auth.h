// SPDX-License-Identifier: Apache-2.0
// The key `auth` of the `http` section: basic, bearer or oauth2.
#pragma once

#include "config/node.h"
#include "probes/http/settings.h"

namespace vedette::http {

// Reads it after the request and the connection's options: OAuth2 talks through the same proxy and
// roots.
void parse_auth(config::Section& section, Settings& out);

}  // namespace vedette::http
