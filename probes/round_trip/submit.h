// SPDX-License-Identifier: Apache-2.0
// The way in: one message handed over by SMTP.
#pragma once

#include "probes/net/toolbox.h"
#include "probes/probe.h"
#include "probes/round_trip/settings.h"
#include "probes/round_trip/trip.h"

namespace vedette::round_trip {

// Sends trip.sent. Sets trip.accepted, or trip.failure: mail_refused (5yz), mail_deferred (4yz), or
// what the network did. Phase "submission", and from the server's word on "delivery". All arguments
// by reference outlive it.
Awaitable<void> submit(net::Toolbox& net, const Settings& settings, Trip& trip, Deadline deadline);

}  // namespace vedette::round_trip
