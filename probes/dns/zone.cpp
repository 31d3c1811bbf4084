// SPDX-License-Identifier: Apache-2.0
#include "probes/dns/zone.h"

#include <algorithm>

#include <fmt/format.h>

#include "probes/dns/wire/name.h"
#include "probes/dns/wire/words.h"
#include "probes/net/address.h"

namespace vedette::dns {
namespace {

constexpr int max_steps = 12;
constexpr std::size_t max_name_servers = 16;

Query query_for(const std::string& name, std::uint16_t type) {
  Query query;
  query.name = encode_name(name).value_or(std::string(1, '\0'));
  query.type = type;
  query.edns_size = 1232;
  return query;
}

std::vector<std::string> addresses_in(const std::vector<Record>& records, std::string_view name) {
  std::vector<std::string> out;
  for (const Record& record : records) {
    const bool is_address = record.type == type::a || record.type == type::aaaa;
    if (is_address && (name.empty() || record.name == name)) out.push_back(record.data);
  }
  return out;
}

std::vector<NameServer> name_servers(const Message& answer, std::string_view zone) {
  std::vector<NameServer> servers;
  for (const Record& record : answer.answer) {
    if (record.type != type::ns || record.name != zone) continue;
    if (servers.size() == max_name_servers) break;
    servers.push_back({record.data, addresses_in(answer.additional, record.data)});
  }
  std::ranges::sort(servers, {}, &NameServer::name);
  return servers;
}

bool is_below(std::string_view name, std::string_view zone) {
  return zone == "." || name == zone || name.ends_with("." + std::string(zone));
}

// Where to look next: the zone that a negative answer names, if it is above, or one label up.
std::string next_name(const Message& answer, const std::string& name) {
  for (const Record& record : answer.authority) {
    if (record.type == type::soa && record.name != name && is_below(name, record.name)) {
      return record.name;
    }
  }
  return parent_of(name);
}

std::vector<std::string> wanted(const std::vector<std::string>& addresses, net::IpFamily family) {
  const auto of = [&](net::IpFamily one) {
    std::vector<std::string> out;
    std::ranges::copy_if(addresses, std::back_inserter(out),
                         [&](const std::string& address) { return net::is_family(address, one); });
    return out;
  };
  if (family != net::IpFamily::any) return of(family);
  auto v4 = of(net::IpFamily::v4);
  return v4.empty() ? of(net::IpFamily::v6) : v4;
}

// A name may be missing, but not the answer.
std::optional<net::Failure> failure_of_search(const Asked& asked) {
  constexpr std::string_view what = "resolve: the name servers of the zone were not found";
  if (asked.failure) {
    return net::Failure{asked.failure->reason, fmt::format("{}: {}", what, asked.failure->message)};
  }
  const std::uint16_t code = asked.answer->header.rcode;
  if (code == rcode::noerror || code == rcode::nxdomain) return std::nullopt;
  const Reason reason = code == rcode::refused ? Reason::dns_refused
                        : asked.bogus          ? Reason::dns_bogus
                                               : Reason::dns_servfail;
  return net::Failure{reason, fmt::format("{}: {} said {}", what, asked.server, rcode_text(code))};
}

}  // namespace

std::string parent_of(std::string_view name) {
  std::size_t dot = 0;
  while (dot < name.size() && name[dot] != '.') dot += name[dot] == '\\' ? 2 : 1;
  return dot + 1 >= name.size() ? "." : std::string(name.substr(dot + 1));
}

Awaitable<net::Expected<Zone>> find_zone(net::Toolbox& net, const Way& way, std::string name,
                                         const std::vector<peer::Server>& resolvers,
                                         Deadline deadline) {
  for (int step = 0; step < max_steps; ++step) {
    const Query query = query_for(name, type::ns);
    Asked asked;
    co_await ask_first(net, way, query, resolvers, deadline, asked);
    if (auto failure = failure_of_search(asked)) co_return std::unexpected(*std::move(failure));
    auto servers = name_servers(*asked.answer, name);
    if (!servers.empty()) co_return Zone{name, std::move(servers)};
    const bool at_root = name == ".";
    if (at_root) break;
    name = next_name(*asked.answer, name);
  }
  co_return std::unexpected(net::Failure{
      Reason::dns_no_data, fmt::format("resolve: no zone was found above the name; the last one "
                                       "asked for was {}",
                                       name)});
}

Awaitable<net::Expected<std::vector<std::string>>> addresses_of(
    net::Toolbox& net, const Way& way, const NameServer& server,
    const std::vector<peer::Server>& resolvers, Deadline deadline) {
  auto found = wanted(server.addresses, way.family);
  if (!found.empty()) co_return found;
  std::vector<std::string> all;
  std::optional<net::Failure> failure;
  for (const std::uint16_t type : {type::a, type::aaaa}) {
    const Query query = query_for(server.name, type);
    Asked asked;
    co_await ask_first(net, way, query, resolvers, deadline, asked);
    if (asked.failure) failure = asked.failure;
    if (asked.answer)
      std::ranges::copy(addresses_in(asked.answer->answer, {}), std::back_inserter(all));
    found = wanted(all, way.family);
    if (!found.empty()) co_return found;
  }
  if (!failure) {
    failure =
        net::Failure{Reason::dns_no_data,
                     fmt::format("resolve: {} has no address of the kind asked for", server.name)};
  }
  co_return std::unexpected(*std::move(failure));
}

}  // namespace vedette::dns
