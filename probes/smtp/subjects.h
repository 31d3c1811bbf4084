// SPDX-License-Identifier: Apache-2.0
// What can be expected of an SMTP session, and its metrics.
#pragma once

#include "probes/mail/report.h"
#include "probes/mail/smtp_session.h"

namespace vedette::smtp {

inline constexpr std::array<expect::Subject, 1> own_subjects{{
    {.key = "size_limit",
     .words = "size limit",
     .kind = expect::Kind::number,
     .missing = "the server told no size limit"},
}};
// The keys below `expect` and `expect_degraded`, in the order in which they are judged.
inline constexpr auto subjects = mail::joined(own_subjects, mail::session_subjects);
static_assert(subjects.size() <= expect::Observed::max_subjects);

inline constexpr std::array<GaugeSpec, 2> own_gauges{{
    {"probe_smtp_status_code", "Code of the last reply; 0 when there was none"},
    {"probe_smtp_size_limit_bytes", "Size of a message that the server takes at most"},
}};
inline constexpr auto gauges =
    mail::joined(mail::session_gauges("probe_smtp_duration_seconds", "probe_smtp_tls"), own_gauges);

}  // namespace vedette::smtp
