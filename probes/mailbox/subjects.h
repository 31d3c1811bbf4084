// SPDX-License-Identifier: Apache-2.0
// What can be expected of a mailbox beside its limits, and its metrics.
#pragma once

#include "probes/mail/report.h"

namespace vedette::mailbox {

inline constexpr std::array<expect::Subject, 4> own_subjects{{
    {.key = "messages", .words = "number of messages", .kind = expect::Kind::number},
    {.key = "unseen", .words = "number of unread messages", .kind = expect::Kind::number},
    {.key = "marked",
     .words = "number of messages marked for deletion",
     .kind = expect::Kind::number},
    {.key = "quota_used",
     .words = "percentage of the quota in use",
     .kind = expect::Kind::number,
     .missing = "the server told no quota"},
}};
// The keys below `expect` and `expect_degraded`, in the order in which they are judged.
inline constexpr auto subjects = mail::joined(own_subjects, mail::session_subjects);
static_assert(subjects.size() <= expect::Observed::max_subjects);

inline constexpr std::array<GaugeSpec, 7> own_gauges{{
    {"probe_mailbox_messages",
     "Messages of others in the mailbox that are not marked for deletion"},
    {"probe_mailbox_unseen", "Those of them that nobody has read"},
    {"probe_mailbox_marked_deleted",
     "Messages of others in the mailbox that are marked for deletion"},
    {"probe_mailbox_uidnext", "UIDNEXT of the mailbox: grows with each message that arrives"},
    {"probe_mailbox_uidvalidity", "UIDVALIDITY of the mailbox: changes when it is made anew"},
    {"probe_mailbox_canary", "Whether the canary message is there and unread"},
    {"probe_mailbox_quota_used_ratio", "Part of the quota that is in use, 0 to 1"},
}};
inline constexpr auto gauges = mail::joined(
    mail::session_gauges("probe_mailbox_duration_seconds", "probe_mailbox_tls"), own_gauges);

}  // namespace vedette::mailbox
