// SPDX-License-Identifier: Apache-2.0
#include "probes/tcp/subjects.h"

#include "probes/peer/subjects.h"

namespace vedette::tcp {
namespace {

static_assert(subjects.size() <= expect::Observed::max_subjects);

}  // namespace

expect::Observed observe(const Session& session, Instant now) {
  expect::Observed seen;
  if (session.talked) seen.set(0, expect::Text(session.answer));
  seen.set(1, expect::Text(session.remote_address));
  if (session.tls) {
    const net::Certificate& leaf = session.tls->chain->front();
    seen.set(2, expect::Text(session.tls->version));
    seen.set(3, expect::Text(session.tls->cipher));
    seen.set(4, expect::Text(leaf.subject));
    seen.set(5, expect::Text(leaf.issuer));
    seen.set(6, expect::TextSet(leaf.names));
    seen.set(7, peer::microseconds(peer::certificate_end(*session.tls) - now));
  }
  std::size_t next = 8;
  for (const char* phase : {"resolve", "connect", "starttls", "tls", "dialogue"}) {
    seen.set(next++, peer::microseconds(session.clock.of(phase)));
  }
  seen.set(next, peer::microseconds(session.clock.total()));
  return seen;
}

}  // namespace vedette::tcp
