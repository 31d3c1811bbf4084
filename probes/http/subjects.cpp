// SPDX-License-Identifier: Apache-2.0
#include "probes/http/subjects.h"

namespace vedette::http {
namespace {

static_assert(subjects.size() <= expect::Observed::max_subjects);

double count(Microseconds time) {
  return static_cast<double>(time.count());
}

// Of the chain that was verified; a server may show more certificates than anybody needs.
Instant certificate_end(const net::TlsFacts& tls) {
  return tls.last_chain_expiry.value_or(tls.chain->front().not_after);
}

}  // namespace

expect::Observed observe(const net::HttpExchange& exchange, Instant now) {
  expect::Observed seen;
  std::size_t next = status_subject;
  seen.set(next++, static_cast<double>(exchange.status));
  seen.set(next++, expect::NamedTexts(exchange.headers));
  seen.set(next++, expect::Text(exchange.body, exchange.body_bytes));
  seen.set(next++, expect::Text(exchange.final_url));
  seen.set(next++, static_cast<double>(exchange.redirects));
  seen.set(next++, expect::Text(exchange.version));
  seen.set(next++, expect::Text(exchange.remote_address));
  const net::HttpTimings& times = exchange.timings;
  for (const Microseconds time :
       {times.resolve, times.connect, times.tls, times.processing, times.transfer, times.total}) {
    seen.set(next++, count(time));
  }
  if (exchange.tls) seen.set(next, count(certificate_end(*exchange.tls) - now));
  return seen;
}

}  // namespace vedette::http
