// SPDX-License-Identifier: Apache-2.0
// One run of an HTTP check: token if one is needed, one exchange per family, judgement.
#pragma once

#include "probes/http/oauth2.h"
#include "probes/http/settings.h"
#include "probes/net/http_client.h"
#include "probes/result.h"

namespace vedette::http {

// What a run is given, as in RunInput.
struct Means {
  net::HttpClient& client;
  Deadline deadline;
  bool brief = false;
  bool keep_answer = false;
  net::HttpVisit* visit = nullptr;
  const Mask* mask = nullptr;
};

// `oauth2` may be null. All arguments by reference or pointer outlive the run.
Awaitable<Result> run(const Settings& settings, OAuth2* oauth2, Means means);

}  // namespace vedette::http
