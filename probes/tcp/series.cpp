// SPDX-License-Identifier: Apache-2.0
#include "probes/tcp/series.h"

#include "probes/net/address.h"

namespace vedette::tcp {

std::vector<double> gauge_values(const Session& session) {
  const net::PhaseClock& clock = session.clock;
  const auto [protocol, hash] = peer::address_values(net::parse_address(session.remote_address));
  const auto [earliest, last_chain] = peer::expiry_values(session.tls);
  const double lookup = peer::seconds(clock.of("resolve"));
  std::vector<double> values{lookup, protocol, hash, lookup};
  values.reserve(gauges.size());
  for (const char* phase : {"connect", "starttls", "tls", "dialogue"}) {
    values.push_back(peer::seconds(clock.of(phase)));
  }
  values.push_back(earliest);
  values.push_back(last_chain);
  return values;
}

}  // namespace vedette::tcp
