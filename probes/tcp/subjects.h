// SPDX-License-Identifier: Apache-2.0
// What can be expected of a TCP connection and of the TLS on it.
#pragma once

#include <array>

#include "probes/clock.h"
#include "probes/expect/observed.h"
#include "probes/tcp/session.h"

namespace vedette::tcp {

// The keys below `expect` and `expect_degraded`, in the order in which they are judged.
inline constexpr std::array<expect::Subject, 14> subjects{{
    {.key = "answer", .words = "answer", .missing = "there was no dialogue"},
    {.key = "remote_address", .words = "remote address"},
    {.key = "tls_version", .words = "TLS version", .missing = "there was no TLS"},
    {.key = "tls_cipher", .words = "TLS cipher", .missing = "there was no TLS"},
    {.key = "certificate_subject",
     .words = "subject of the certificate",
     .missing = "there was no certificate"},
    {.key = "certificate_issuer",
     .words = "issuer of the certificate",
     .missing = "there was no certificate"},
    {.key = "certificate_names",
     .words = "list of the certificate's names",
     .kind = expect::Kind::text_set,
     .missing = "there was no certificate"},
    {.key = "certificate_expires_in",
     .words = "the certificate",
     .kind = expect::Kind::time_left,
     .missing = "there was no certificate"},
    {.key = "resolve", .words = "resolve time", .kind = expect::Kind::time},
    {.key = "connect", .words = "connect time", .kind = expect::Kind::time},
    {.key = "starttls", .words = "time of the way to TLS", .kind = expect::Kind::time},
    {.key = "tls", .words = "TLS handshake time", .kind = expect::Kind::time},
    {.key = "dialogue", .words = "time of the dialogue", .kind = expect::Kind::time},
    {.key = "total", .words = "total time", .kind = expect::Kind::time},
}};

// The values are views into the session. `now` is compared with the certificate's end.
expect::Observed observe(const Session& session, Instant now);

}  // namespace vedette::tcp
