// SPDX-License-Identifier: Apache-2.0
// Metrics that every probe of one server has, under the names that blackbox_exporter gave them.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/ip/address.hpp>

#include "probes/net/certificate.h"
#include "probes/probe_type.h"
#include "probes/result.h"

namespace vedette::peer {

// Of every probe that talks TLS, in this order; see tls_info_labels.
inline constexpr std::array<InfoSpec, 3> tls_infos{{
    {"probe_tls_version_info", "TLS version that was agreed on"},
    {"probe_tls_cipher_info", "TLS cipher suite that was agreed on"},
    {"probe_ssl_last_chain_info", "The server's certificate"},
}};
// One text of rendered labels per entry of tls_infos; none of a connection without TLS.
std::vector<std::string> tls_info_labels(const std::optional<net::TlsFacts>& tls);

inline constexpr GaugeSpec lookup_time{"probe_dns_lookup_time_seconds",
                                       "Time to resolve the name, in seconds"};
inline constexpr GaugeSpec ip_protocol{"probe_ip_protocol", "IP version that was used: 4 or 6"};
inline constexpr GaugeSpec ip_addr_hash{"probe_ip_addr_hash",
                                        "Hash of the IP address, to see when it changes"};
inline constexpr GaugeSpec earliest_cert_expiry{
    "probe_ssl_earliest_cert_expiry",
    "When the first of the certificates shown expires, in Unix time"};
inline constexpr GaugeSpec last_chain_expiry{
    "probe_ssl_last_chain_expiry_timestamp_seconds",
    "When the verified chain that lives longest expires, in Unix time"};

double seconds(Microseconds time);
double unix_time(Instant instant);
// Of ip_protocol and ip_addr_hash; not_seen when there was no address.
std::pair<double, double> address_values(const std::optional<boost::asio::ip::address>& address);
// Of earliest_cert_expiry and last_chain_expiry.
std::pair<double, double> expiry_values(const std::optional<net::TlsFacts>& tls);

// name="value" of the exposition format, on one line.
std::string label(std::string_view name, std::string_view value);

}  // namespace vedette::peer
