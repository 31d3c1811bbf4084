// SPDX-License-Identifier: Apache-2.0
// What can be expected of a message that has arrived.
#pragma once

#include <array>

#include "probes/expect/observed.h"
#include "probes/message/authentication.h"
#include "probes/message/message.h"
#include "probes/message/received.h"
#include "probes/round_trip/trip.h"

namespace vedette::round_trip {

inline constexpr std::string_view delivery_key = "delivery";

// The keys below `expect` and `expect_degraded`, in the order in which they are judged.
inline constexpr std::array<expect::Subject, 11> subjects{{
    {.key = "authentication", .words = "authentication", .kind = expect::Kind::named_texts},
    {.key = "received_tls", .words = "encryption on all of the way", .kind = expect::Kind::flag},
    {.key = "headers", .words = "header", .kind = expect::Kind::named_texts, .alias = "header"},
    {.key = "hops", .words = "number of hops", .kind = expect::Kind::number},
    {.key = delivery_key, .words = "delivery time", .kind = expect::Kind::time},
    {.key = "submission", .words = "submission time", .kind = expect::Kind::time},
    {.key = "mailbox", .words = "time to open the mailbox", .kind = expect::Kind::time},
    {.key = "retrieval", .words = "retrieval time", .kind = expect::Kind::time},
    {.key = "total", .words = "total time", .kind = expect::Kind::time},
    {.key = "submission_certificate_expires_in",
     .words = "the certificate of the submission server",
     .kind = expect::Kind::time_left,
     .missing = "the submission server showed no certificate"},
    {.key = "mailbox_certificate_expires_in",
     .words = "the certificate of the mailbox server",
     .kind = expect::Kind::time_left,
     .missing = "the mailbox server showed no certificate"},
}};

// What the headers of the message tell.
struct Reading {
  message::Message message;
  message::Verdicts verdicts;
  std::vector<message::Hop> way;
};

// The values are views into both arguments. `now` is compared with the ends of the certificates.
expect::Observed observe(const Trip& trip, const Reading& reading, Instant now);

}  // namespace vedette::round_trip
