// SPDX-License-Identifier: Apache-2.0
#include "probes/round_trip/series.h"

#include <algorithm>

#include "probes/peer/series.h"

namespace vedette::round_trip {
namespace {

double seconds_of(const std::vector<Phase>& phases, std::string_view name) {
  const auto found = std::ranges::find(phases, name, &Phase::name);
  return found == phases.end() ? not_seen : peer::seconds(found->duration);
}

double earliest_expiry(const Trip& trip) {
  double earliest = not_seen;
  for (const Met* server : {&trip.submission, &trip.mailbox}) {
    if (!server->tls) continue;
    earliest = std::fmin(earliest, peer::unix_time(server->tls->earliest_expiry));
  }
  return earliest;
}

}  // namespace

std::vector<double> gauge_values(const Trip& trip, const Reading* reading, bool altered) {
  const std::vector<Phase> phases = trip.clock.list();
  const bool waited = !trip.accepted.empty();
  const bool arrived = trip.arrival.has_value();
  return {
      seconds_of(phases, "submission"),
      arrived ? seconds_of(phases, "delivery") : not_seen,
      seconds_of(phases, "mailbox"),
      reading != nullptr ? seconds_of(phases, "retrieval") : not_seen,
      arrived ? static_cast<double>(trip.arrival->astray) : not_seen,
      arrived  ? static_cast<double>(trip.arrival->copies)
      : waited ? 0
               : not_seen,
      reading != nullptr ? static_cast<double>(altered) : not_seen,
      reading != nullptr ? static_cast<double>(reading->way.size()) : not_seen,
      static_cast<double>(trip.leftovers),
      earliest_expiry(trip),
  };
}

}  // namespace vedette::round_trip
