// SPDX-License-Identifier: Apache-2.0
// Bearer tokens (RFC 6750): who may do what is not public.
#pragma once

#include <optional>
#include <vector>

#include "agent/web/message.h"
#include "config/secret.h"

namespace vedette::web {

// Nothing when the request carries one of the tokens. Otherwise the refusal: 403 when there are no
// tokens at all, 401 (with WWW-Authenticate) when the request has none or a wrong one. Takes the
// same time for every wrong token.
std::optional<Response> refusal(const Request& request, const std::vector<Secret>& tokens);

}  // namespace vedette::web
