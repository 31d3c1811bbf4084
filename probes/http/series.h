// SPDX-License-Identifier: Apache-2.0
// The metrics of an HTTP run, under the names that blackbox_exporter gave them.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "probes/net/http_client.h"
#include "probes/probe_type.h"

namespace vedette::http {

inline constexpr std::array<GaugeSpec, 16> gauges{{
    {"probe_dns_lookup_time_seconds", "Time to resolve the name, in seconds"},
    {"probe_ip_protocol", "IP version that was used: 4 or 6"},
    {"probe_ip_addr_hash", "Hash of the IP address, to see when it changes"},
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
    {"probe_ssl_earliest_cert_expiry",
     "When the first of the certificates shown expires, in Unix time"},
    {"probe_ssl_last_chain_expiry_timestamp_seconds",
     "When the verified chain that lives longest expires, in Unix time"},
}};

inline constexpr std::array<InfoSpec, 3> infos{{
    {"probe_tls_version_info", "TLS version that was agreed on"},
    {"probe_tls_cipher_info", "TLS cipher suite that was agreed on"},
    {"probe_ssl_last_chain_info", "The server's certificate"},
}};

// One value per entry of `gauges`.
std::vector<double> gauge_values(const net::HttpExchange& exchange);
// One text of rendered labels per entry of `infos`.
std::vector<std::string> info_labels(const net::HttpExchange& exchange);

}  // namespace vedette::http
