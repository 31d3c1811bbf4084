// SPDX-License-Identifier: Apache-2.0
// The transcript of an exchange: what was asked, what came back, and the start of the body.
#pragma once

#include "probes/net/http_client.h"
#include "probes/transcript.h"

namespace vedette::http {

// Secrets are masked; values of headers that hold credentials by their name are never shown.
// The request's body is left out: it is in the configuration, and often holds passwords.
Transcript dialogue(const net::HttpRequest& request, const net::HttpExchange& exchange,
                    const Mask& mask);

}  // namespace vedette::http
