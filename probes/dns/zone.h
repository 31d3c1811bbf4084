// SPDX-License-Identifier: Apache-2.0
// Which zone a name is in, and which name servers its NS records name.
#pragma once

#include <string>
#include <vector>

#include "probes/dns/ask.h"
#include "probes/net/stream.h"

namespace vedette::dns {

struct NameServer {
  std::string name;                    // "ns1.example.com."
  std::vector<std::string> addresses;  // what came with the NS records; perhaps none
};

struct Zone {
  std::string name;  // "example.com."
  std::vector<NameServer> servers;
};

// Asks the given resolvers, upwards from `name` until a zone is found. A failure names the step.
Awaitable<net::Expected<Zone>> find_zone(net::Toolbox& net, const Way& way, std::string name,
                                         const std::vector<peer::Server>& resolvers,
                                         Deadline deadline);

// The addresses of a name server, of the family that the way wants; IPv4 when it wants any and
// there is one.
Awaitable<net::Expected<std::vector<std::string>>> addresses_of(
    net::Toolbox& net, const Way& way, const NameServer& server,
    const std::vector<peer::Server>& resolvers, Deadline deadline);

// One label less: "example.com." of "www.example.com."; "." has no parent and stays.
std::string parent_of(std::string_view name);

}  // namespace vedette::dns
