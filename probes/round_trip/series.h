// SPDX-License-Identifier: Apache-2.0
// The metrics of a mail round trip.
#pragma once

#include <array>
#include <vector>

#include "probes/probe_type.h"
#include "probes/round_trip/subjects.h"

namespace vedette::round_trip {

inline constexpr std::array<GaugeSpec, 10> gauges{{
    {"probe_mail_submission_seconds", "Time to hand the message over by SMTP, in seconds"},
    {"probe_mail_delivery_seconds",
     "Time from the end of the submission until the message was seen in the mailbox, in seconds"},
    {"probe_mail_mailbox_seconds", "Time to open the mailbox by IMAP, in seconds"},
    {"probe_mail_retrieval_seconds", "Time to fetch the message, in seconds"},
    {"probe_mail_in_junk", "Whether the message arrived in another folder than the first"},
    {"probe_mail_copies", "How many copies of the message arrived; 0 when none did"},
    {"probe_mail_altered", "Whether the message was altered on its way"},
    {"probe_mail_hops", "Number of servers that the message passed"},
    {"probe_mail_leftovers_cleared", "Messages of earlier runs that were cleared away"},
    {"probe_ssl_earliest_cert_expiry",
     "When the first of the certificates shown expires, in Unix time"},
}};

// One value per entry of `gauges`. `reading` is null when nothing was fetched.
std::vector<double> gauge_values(const Trip& trip, const Reading* reading, bool altered);

}  // namespace vedette::round_trip
