// SPDX-License-Identifier: Apache-2.0
// The `http` section of a check, typed and checked.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "config/node.h"
#include "probes/http/oauth2.h"
#include "probes/net/http_client.h"
#include "probes/peer/judge.h"
#include "probes/transcript.h"

namespace vedette::http {

struct Settings : peer::Expectations {
  net::HttpRequest request;               // complete but for a token of OAuth2
  std::vector<net::HttpOptions> options;  // one exchange with each: one, or two for `ip: each`
  bool has_auth = false;
  std::shared_ptr<const OAuth2Settings> oauth2;  // null: none
  Mask mask;                                     // of all secrets in here
};

// Nothing when there were problems; all of them are reported.
std::optional<Settings> parse_settings(const config::Node& node, config::Problems& problems);

}  // namespace vedette::http
