// SPDX-License-Identifier: Apache-2.0
// c-ares status codes in our words.
#pragma once

#include <string_view>

#include "probes/net/failure.h"

namespace vedette::net {

// For any status but ARES_SUCCESS. `host` is the name that was asked for.
Failure ares_failure(int status, std::string_view host);

// With its usual settings c-ares says "connection refused" when all servers answered SERVFAIL,
// NOTIMP or REFUSED, and also when a server's port is closed. Only a question on a channel with
// ARES_FLAG_NOCHECKRESP tells them apart.
bool ares_status_is_folded(int status);

}  // namespace vedette::net
