// SPDX-License-Identifier: Apache-2.0
// What can be expected of a POP3 session, and its metrics.
#pragma once

#include "probes/mail/report.h"

namespace vedette::pop3 {

inline constexpr std::array<expect::Subject, 2> own_subjects{{
    {.key = "messages", .words = "number of messages", .kind = expect::Kind::number},
    {.key = "bytes", .words = "size of all messages in bytes", .kind = expect::Kind::number},
}};
// The keys below `expect` and `expect_degraded`, in the order in which they are judged.
inline constexpr auto subjects = mail::joined(own_subjects, mail::session_subjects);
static_assert(subjects.size() <= expect::Observed::max_subjects);

inline constexpr std::array<GaugeSpec, 2> own_gauges{{
    {"probe_pop3_messages", "Messages in the mailbox"},
    {"probe_pop3_size_bytes", "Size of all messages in the mailbox"},
}};
inline constexpr auto gauges =
    mail::joined(mail::session_gauges("probe_pop3_duration_seconds", "probe_pop3_tls"), own_gauges);

}  // namespace vedette::pop3
