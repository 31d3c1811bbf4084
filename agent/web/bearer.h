// SPDX-License-Identifier: Apache-2.0
// Bearer tokens (RFC 6750): who may do what is not public.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "agent/web/message.h"
#include "config/secret.h"

namespace vedette::web {

struct Token {
  std::string name;  // of whoever holds it
  Secret value;
};

// Nothing when the request carries one of the tokens. Otherwise the refusal: 403 when there are no
// tokens at all, 401 (with WWW-Authenticate) when the request has none or a wrong one. Takes the
// same time for every wrong token.
std::optional<Response> refusal(const Request& request, const std::vector<Token>& tokens);

// The name of the token that it carries; nothing where refusal() would refuse it.
std::optional<std::string> name_of_bearer(const Request& request, const std::vector<Token>& tokens);

}  // namespace vedette::web
