// SPDX-License-Identifier: Apache-2.0
// What every probe of a mail server tells of its session: phases, facts, metrics, subjects of
// expectations.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "probes/expect/observed.h"
#include "probes/mail/session.h"
#include "probes/peer/judge.h"
#include "probes/peer/series.h"
#include "probes/probe_type.h"
#include "probes/result.h"

namespace vedette::mail {

inline constexpr std::array<expect::Subject, 12> session_subjects{{
    {.key = "banner", .words = "banner"},
    {.key = "capability",
     .words = "the capabilities",
     .kind = expect::Kind::text_set,
     .alias = "capabilities"},
    {.key = "encrypted", .words = "encrypted", .kind = expect::Kind::flag},
    {.key = "remote_address", .words = "remote address"},
    {.key = "resolve", .words = "resolve time", .kind = expect::Kind::time},
    {.key = "connect", .words = "connect time", .kind = expect::Kind::time},
    {.key = "tls", .words = "TLS handshake time", .kind = expect::Kind::time},
    {.key = "greeting", .words = "greeting time", .kind = expect::Kind::time},
    {.key = "auth", .words = "sign-in time", .kind = expect::Kind::time},
    {.key = "command", .words = "command time", .kind = expect::Kind::time},
    {.key = "total", .words = "total time", .kind = expect::Kind::time},
    {.key = "certificate_expires_in",
     .words = "the certificate",
     .kind = expect::Kind::time_left,
     .missing = "there was no certificate"},
}};
// The gauges of a session; `duration` names the one that has a series for each phase.
constexpr std::array<GaugeSpec, 12> session_gauges(std::string_view duration,
                                                   std::string_view encrypted) {
  constexpr std::string_view help = "Duration of the mail session by phase, in seconds";
  return {{
      peer::lookup_time,
      peer::ip_protocol,
      peer::ip_addr_hash,
      {duration, help, "phase", "resolve"},
      {duration, help, "phase", "connect"},
      {duration, help, "phase", "tls"},
      {duration, help, "phase", "greeting"},
      {duration, help, "phase", "auth"},
      {duration, help, "phase", "command"},
      {encrypted, "Whether the mail session was under TLS at its end"},
      peer::earliest_cert_expiry,
      peer::last_chain_expiry,
  }};
}

// The session is over: duration, phases, facts, infos, and the gauges of session_gauges.
Result report(const Session& session);

// Judges a session that went through, or says why it did not. `observed` holds the protocol's own
// subjects, `own` of them, which stand before session_subjects.
void settle(const Session& session, const Expected<void>& done,
            const peer::Expectations& expectations, expect::Observed observed, std::size_t own,
            const Mask& mask, Result& result);

// The last step: masks every text, and keeps the transcript of a run that did not pass.
void close_report(const Session& session, const Mask& mask, Result& result);

// Two tables one behind the other.
template <class T, std::size_t n, std::size_t m>
constexpr std::array<T, n + m> joined(const std::array<T, n>& a, const std::array<T, m>& b) {
  std::array<T, n + m> out{};
  std::copy(a.begin(), a.end(), out.begin());
  std::copy(b.begin(), b.end(), out.begin() + n);
  return out;
}

}  // namespace vedette::mail
