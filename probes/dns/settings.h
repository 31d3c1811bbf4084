// SPDX-License-Identifier: Apache-2.0
// The `dns` section of a check, typed and checked.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "config/node.h"
#include "probes/dns/wire/query.h"
#include "probes/net/http_client.h"
#include "probes/net/tls_settings.h"
#include "probes/peer/judge.h"
#include "probes/peer/read_peer.h"

namespace vedette::dns {

enum class Transport : std::uint8_t { udp, tcp, tls };
std::string_view text(Transport transport);

// How a server is asked, whatever the question.
struct Way {
  Transport transport = Transport::udp;
  bool tcp_fallback = true;  // when an answer over UDP was truncated
  std::uint16_t port = 53;   // of servers that are found, not configured
  net::IpFamily family{};    // that names of servers are resolved to
  net::TlsSettings tls;
};

struct Settings : peer::Expectations {
  std::string name;                     // of the question, as text
  Query query;                          // its bytes and flags
  std::vector<peer::Server> servers;    // empty: the system's resolvers
  std::vector<net::IpFamily> families;  // one run with each: one, or two for `ip: each`
  Way way;
  bool authenticated = false;  // AD is required
  bool each_server = false;
  bool of_zone = false;                     // each_server: those that the zone's NS records name
  std::optional<std::uint32_t> serial_lag;  // each_server: the serials are compared too
  bool may_be_empty = false;                // something is said of answers or the response code
  bool reads_sections = false;  // something is said of whole records, so they are written out
};

// Nothing when there were problems; all of them are reported.
std::optional<Settings> parse_settings(const config::Node& node, config::Problems& problems);

}  // namespace vedette::dns
