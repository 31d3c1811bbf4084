// SPDX-License-Identifier: Apache-2.0
#include "probes/http/subjects.h"

#include "probes/peer/subjects.h"

namespace vedette::http {
namespace {

static_assert(subjects.size() <= expect::Observed::max_subjects);

}  // namespace

expect::Observed observe(const net::HttpExchange& exchange, const expect::JsonDocument& document,
                         Instant now) {
  expect::Observed seen;
  std::size_t next = status_subject;
  seen.set(next++, static_cast<double>(exchange.status));
  seen.set(next++, expect::NamedTexts(exchange.headers));
  seen.set(next++, expect::Text(exchange.body, exchange.body_bytes));
  seen.set(next++, &document);
  seen.set(next++, expect::Text(exchange.final_url));
  seen.set(next++, static_cast<double>(exchange.redirects));
  seen.set(next++, expect::Text(exchange.version));
  seen.set(next++, expect::Text(exchange.remote_address));
  const net::HttpTimings& times = exchange.timings;
  for (const Microseconds time :
       {times.resolve, times.connect, times.tls, times.processing, times.transfer, times.total}) {
    seen.set(next++, peer::microseconds(time));
  }
  if (exchange.tls) seen.set(next, peer::microseconds(peer::certificate_end(*exchange.tls) - now));
  return seen;
}

}  // namespace vedette::http
