// SPDX-License-Identifier: Apache-2.0
#include "probes/dns/series.h"

#include <algorithm>

namespace vedette::dns {
namespace {

constexpr std::size_t index_of(std::string_view name) {
  return static_cast<std::size_t>(std::ranges::find(gauges, name, &GaugeSpec::name) -
                                  gauges.begin());
}
constexpr std::size_t servers_index = index_of("probe_dns_servers");
static_assert(index_of("probe_dns_serial_lag") == servers_index + 2);

template <class T>
double or_not_seen(const std::optional<T>& value) {
  return value ? static_cast<double>(*value) : not_seen;
}

}  // namespace

std::vector<double> gauge_values(const Asked& asked, const View* view, Instant now) {
  const auto count = [&](const std::vector<Record> Message::*section) {
    return asked.answer ? static_cast<double>((*asked.answer.*section).size()) : not_seen;
  };
  const auto seconds = [&](std::string_view phase) { return peer::seconds(asked.clock.of(phase)); };
  const double resolve = seconds("resolve");
  const auto [protocol, hash] = peer::address_values(asked.ip);
  const auto [earliest, last_chain] = peer::expiry_values(asked.tls);
  const auto end = view == nullptr ? std::nullopt : view->signatures_end(now);

  std::vector<double> values;
  values.reserve(gauges.size());
  values = {resolve,
            protocol,
            hash,
            resolve,
            seconds("connect"),
            seconds("tls"),
            seconds("request"),
            asked.answer ? 1.0 : 0.0,
            count(&Message::answer),
            count(&Message::authority),
            count(&Message::additional),
            view == nullptr ? not_seen : or_not_seen(view->serial()),
            view == nullptr ? not_seen : or_not_seen(view->lowest_ttl()),
            end ? peer::unix_time(*end) : not_seen,
            not_seen,
            not_seen,
            not_seen,
            earliest,
            last_chain};
  return values;
}

void set_servers(std::vector<double>& values, const ServersSeen& seen) {
  values[servers_index] = static_cast<double>(seen.asked);
  values[servers_index + 1] = static_cast<double>(seen.failed);
  values[servers_index + 2] = or_not_seen(seen.serial_lag);
}

}  // namespace vedette::dns
