// SPDX-License-Identifier: Apache-2.0
// What must not go on the wire, because it would mean something else there.
#pragma once

#include <optional>

#include "probes/net/failure.h"
#include "probes/net/http_client.h"

namespace vedette::net {

// A method that is no token, a header name that is none, a header value with a line break or a zero
// byte in it (RFC 9110, sections 5.5, 5.6.2 and 9.1). The message names the place, never the value.
std::optional<Failure> request_trouble(const HttpRequest& request);

}  // namespace vedette::net
