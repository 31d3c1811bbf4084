// SPDX-License-Identifier: Apache-2.0
// The metrics of an HTTP run, under the names that blackbox_exporter gave them.
#pragma once

#include <array>
#include <vector>

#include "probes/net/http_client.h"
#include "probes/peer/series.h"
#include "probes/probe_type.h"

namespace vedette::http {

inline constexpr std::array<GaugeSpec, 16> gauges{{
    peer::lookup_time,
    peer::ip_protocol,
    peer::ip_addr_hash,
    {"probe_http_duration_seconds", "Duration of the HTTP request by phase, over all redirects",
     "phase", "resolve"},
    {"probe_http_duration_seconds", "Duration of the HTTP request by phase, over all redirects",
     "phase", "connect"},
    {"probe_http_duration_seconds", "Duration of the HTTP request by phase, over all redirects",
     "phase", "tls"},
    {"probe_http_duration_seconds", "Duration of the HTTP request by phase, over all redirects",
     "phase", "processing"},
    {"probe_http_duration_seconds", "Duration of the HTTP request by phase, over all redirects",
     "phase", "transfer"},
    {"probe_http_status_code", "Status of the answer; 0 when there was none"},
    {"probe_http_version", "HTTP version of the answer"},
    {"probe_http_redirects", "Number of redirects that were followed"},
    {"probe_http_ssl", "Whether TLS was used for the last answer"},
    {"probe_http_content_length", "Content-Length of the answer; -1 when it was not told"},
    {"probe_http_uncompressed_body_length", "Length of the body after decompression, in bytes"},
    peer::earliest_cert_expiry,
    peer::last_chain_expiry,
}};

// One value per entry of `gauges`.
std::vector<double> gauge_values(const net::HttpExchange& exchange);

}  // namespace vedette::http
