// SPDX-License-Identifier: Apache-2.0
// The metrics of the tcp and tls probes, under the names that blackbox_exporter gave them.
#pragma once

#include <array>
#include <vector>

#include "probes/peer/series.h"
#include "probes/probe_type.h"
#include "probes/tcp/session.h"

namespace vedette::tcp {

inline constexpr std::string_view duration_name = "probe_tcp_duration_seconds";
inline constexpr std::string_view duration_help = "Duration of a TCP or TLS check by phase";

inline constexpr std::array<GaugeSpec, 10> gauges{{
    peer::lookup_time,
    peer::ip_protocol,
    peer::ip_addr_hash,
    {duration_name, duration_help, "phase", "resolve"},
    {duration_name, duration_help, "phase", "connect"},
    {duration_name, duration_help, "phase", "starttls"},
    {duration_name, duration_help, "phase", "tls"},
    {duration_name, duration_help, "phase", "dialogue"},
    peer::earliest_cert_expiry,
    peer::last_chain_expiry,
}};

// One value per entry of `gauges`.
std::vector<double> gauge_values(const Session& session);

}  // namespace vedette::tcp
