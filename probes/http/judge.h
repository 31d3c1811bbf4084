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
  const Mask& mask;  // of every secret that was sent
};

// `started_at` is left to the caller.
Result judge(const Settings& settings, const Seen& asked);

// No token could be had, so nothing was asked.
Result refuse(const Settings& settings, const net::Failure& failure, Microseconds spent);

// Of two exchanges of one run, over IPv4 and over IPv6: both must pass. Phases, facts, gauges and
// transcript are those of the worse one, or of the slower one when both did equally well.
Result combine(Result v4, Result v6);

}  // namespace vedette::http
