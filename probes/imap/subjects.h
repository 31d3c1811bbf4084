// SPDX-License-Identifier: Apache-2.0
// What can be expected of an IMAP session, and its metrics.
#pragma once

#include "probes/mail/report.h"

namespace vedette::imap {

inline constexpr std::array<expect::Subject, 4> own_subjects{{
    {.key = "messages", .words = "number of messages", .kind = expect::Kind::number},
    {.key = "unseen", .words = "number of unseen messages", .kind = expect::Kind::number},
    {.key = "uidnext", .words = "next UID", .kind = expect::Kind::number},
    {.key = "uidvalidity", .words = "UIDVALIDITY", .kind = expect::Kind::number},
}};
// The keys below `expect` and `expect_degraded`, in the order in which they are judged.
inline constexpr auto subjects = mail::joined(own_subjects, mail::session_subjects);
static_assert(subjects.size() <= expect::Observed::max_subjects);

// In the order of own_subjects.
inline constexpr std::array<GaugeSpec, 4> own_gauges{{
    {"probe_imap_messages", "Messages in the mailbox"},
    {"probe_imap_unseen_messages", "Messages in the mailbox that nobody has read"},
    {"probe_imap_uidnext", "UID of the next message of the mailbox"},
    {"probe_imap_uidvalidity", "UIDVALIDITY of the mailbox: another value is another mailbox"},
}};
inline constexpr auto gauges =
    mail::joined(mail::session_gauges("probe_imap_duration_seconds", "probe_imap_tls"), own_gauges);

}  // namespace vedette::imap
