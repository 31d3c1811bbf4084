// SPDX-License-Identifier: Apache-2.0
#include "probes/round_trip/subjects.h"

namespace vedette::round_trip {
namespace {

static_assert(subjects.size() <= expect::Observed::max_subjects);

double count(Microseconds time) {
  return static_cast<double>(time.count());
}

expect::Value time_left(const Met& server, Instant now) {
  if (!server.tls) return std::monostate();
  const net::TlsFacts& tls = *server.tls;
  return count(tls.last_chain_expiry.value_or(tls.chain->front().not_after) - now);
}

}  // namespace

expect::Observed observe(const Trip& trip, const Reading& reading, Instant now) {
  expect::Observed seen;
  std::size_t next = 0;
  seen.set(next++, expect::NamedTexts(reading.verdicts));
  seen.set(next++, message::received_over_tls(reading.way));
  seen.set(next++, expect::NamedTexts(reading.message.headers));
  seen.set(next++, static_cast<double>(reading.way.size()));
  for (const std::string_view phase : {"delivery", "submission", "mailbox", "retrieval"}) {
    seen.set(next++, count(trip.clock.of(phase)));
  }
  seen.set(next++, count(trip.clock.total()));
  seen.set(next++, time_left(trip.submission, now));
  seen.set(next++, time_left(trip.mailbox, now));
  return seen;
}

}  // namespace vedette::round_trip
