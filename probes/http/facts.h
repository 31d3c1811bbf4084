// SPDX-License-Identifier: Apache-2.0
// What an exchange was made of, as named facts for people; also when it failed.
#pragma once

#include <vector>

#include "probes/net/http_client.h"
#include "probes/result.h"

namespace vedette::http {

std::vector<Fact> facts_of(const net::HttpExchange& exchange);

}  // namespace vedette::http
