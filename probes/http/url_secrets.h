// SPDX-License-Identifier: Apache-2.0
// Secrets in URLs: users with passwords, and parameters whose name tells. Those of the server count
// as much as our own: a login that answers with a redirect puts fresh tokens there.
#pragma once

#include <string_view>

#include "probes/net/http_client.h"
#include "probes/transcript.h"

namespace vedette::http {

// Adds the values of the parameters in query and fragment with such names, and what stands before
// the "@". `url` may be relative, or a header's value that holds a URL. Takes time in proportion to
// its length.
void mask_url(Mask& mask, std::string_view url);

// `mask` and the secrets in the URLs that came with the exchange.
Mask with_url_secrets(Mask mask, const net::HttpExchange& exchange);

}  // namespace vedette::http
