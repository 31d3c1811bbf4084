// SPDX-License-Identifier: Apache-2.0
// The metrics of a DNS run, under blackbox_exporter's names where it has one.
#pragma once

#include <array>
#include <vector>

#include "probes/dns/asked.h"
#include "probes/dns/subjects.h"
#include "probes/peer/series.h"

namespace vedette::dns {

inline constexpr std::string_view duration_name = "probe_dns_duration_seconds";
inline constexpr std::string_view duration_help = "Duration of the DNS request by phase";

inline constexpr std::array<GaugeSpec, 19> gauges{{
    peer::lookup_time,
    peer::ip_protocol,
    peer::ip_addr_hash,
    {duration_name, duration_help, "phase", "resolve"},
    {duration_name, duration_help, "phase", "connect"},
    {duration_name, duration_help, "phase", "tls"},
    {duration_name, duration_help, "phase", "request"},
    {"probe_dns_query_succeeded", "Whether the server answered, whatever it said"},
    {"probe_dns_answer_rrs", "Number of records in the answer section"},
    {"probe_dns_authority_rrs", "Number of records in the authority section"},
    {"probe_dns_additional_rrs", "Number of records in the additional section, without OPT"},
    {"probe_dns_serial", "Serial of the zone's SOA record, when one was seen"},
    {"probe_dns_answer_ttl_seconds", "Lowest TTL of the records that were asked for"},
    {"probe_dns_signature_expiry_timestamp_seconds",
     "When the first of the answer's signatures expires, in Unix time"},
    {"probe_dns_servers", "How many servers were asked (each_server)"},
    {"probe_dns_servers_failed", "How many of them did not do as expected (each_server)"},
    {"probe_dns_serial_lag", "How far the last of them is behind the first (each_server)"},
    peer::earliest_cert_expiry,
    peer::last_chain_expiry,
}};

// One value per entry of `gauges`; those of each_server are not_seen. `view` is null when there is
// no answer.
std::vector<double> gauge_values(const Asked& asked, const View* view, Instant now);

struct ServersSeen {
  std::size_t asked = 0;
  std::size_t failed = 0;
  std::optional<std::uint32_t> serial_lag;
};
void set_servers(std::vector<double>& values, const ServersSeen& seen);

}  // namespace vedette::dns
