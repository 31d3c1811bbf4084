// SPDX-License-Identifier: Apache-2.0
// From what an exchange gave to the result of a run. No I/O.
#pragma once

#include "probes/http/settings.h"
#include "probes/net/http_client.h"
#include "probes/result.h"

namespace vedette::http {

struct Seen {
  const net::HttpRequest& request;
  const net::HttpExchange& exchange;
  const Mask& mask;    // of every secret that was sent
  bool brief = false;  // RunInput::brief
};

// `started_at` is left to the caller.
Result judge(const Settings& settings, const Seen& asked);

// No token could be had, so nothing was asked.
Result refuse(const Settings& settings, const net::Failure& failure, Microseconds spent);

}  // namespace vedette::http
