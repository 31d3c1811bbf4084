// SPDX-License-Identifier: Apache-2.0
#include "probes/dns/each_server.h"

#include <fmt/format.h>

#include "probes/dns/agreement.h"
#include "probes/dns/ask.h"
#include "probes/dns/joined.h"
#include "probes/dns/judge.h"
#include "probes/dns/system_servers.h"
#include "probes/dns/wire/words.h"
#include "probes/dns/zone.h"
#include "probes/gather.h"

namespace vedette::dns {
namespace {

// What all parts of one run share; it outlives them.
struct Run {
  const Settings& settings;
  net::Toolbox& net;
  Deadline deadline;
  bool with_serial;  // the zone's SOA is asked for as well
  std::vector<peer::Server> resolvers;
};

using ServersAsked = std::vector<ServerAsked>;

// A negative answer to this names the zone's SOA too, so that the zone need not be known.
Awaitable<std::optional<std::uint32_t>> serial_at(const Run& run, const Way& way,
                                                  peer::Server server) {
  Query query = run.settings.query;
  query.type = type::soa;
  Asked asked;
  co_await ask_server(run.net, way, query, server, run.deadline, asked);
  co_return asked.answer ? claim_of(asked, query).serial : std::nullopt;
}

// `name` is how people know the server, when it was found by a name.
Awaitable<ServerAsked> ask_one(const Run& run, Way way, peer::Server server, std::string name) {
  ServerAsked out;
  co_await ask_server(run.net, way, run.settings.query, server, run.deadline, out.asked);
  if (!name.empty()) out.asked.server = fmt::format("{} ({})", name, out.asked.server);
  if (!out.asked.answer) co_return out;
  out.claim = claim_of(out.asked, run.settings.query);
  if (run.with_serial && run.settings.query.type != type::soa) {
    out.claim->serial = co_await serial_at(run, way, std::move(server));
  }
  co_return out;
}

ServerAsked without_address(const NameServer& server, net::Failure failure) {
  ServerAsked out;
  out.asked.server = server.name;
  out.asked.failure = std::move(failure);
  out.asked.clock.stop();
  return out;
}

Awaitable<ServersAsked> ask_name_server(const Run& run, Way way, NameServer server) {
  const auto addresses = co_await addresses_of(run.net, way, server, run.resolvers, run.deadline);
  if (!addresses) {
    ServersAsked none;
    none.push_back(without_address(server, addresses.error()));
    co_return none;
  }
  // Certificates are checked for the name, as it was found.
  if (way.tls.server_name.empty())
    way.tls.server_name = server.name.substr(0, server.name.size() - 1);
  std::vector<Awaitable<ServerAsked>> tasks;
  for (const std::string& address : *addresses) {
    const peer::Server at{address, way.port};
    tasks.push_back(ask_one(run, way, at, server.name));
  }
  co_return co_await gather(std::move(tasks));
}

Awaitable<ServersAsked> ask_listed(const Run& run) {
  std::vector<Awaitable<ServerAsked>> tasks;
  for (const net::IpFamily family : run.settings.families) {
    for (const peer::Server& server : run.settings.servers) {
      Way way = run.settings.way;
      way.family = family;
      tasks.push_back(ask_one(run, std::move(way), server, {}));
    }
  }
  co_return co_await gather(std::move(tasks));
}

Awaitable<ServersAsked> ask_zone(const Run& run, Zone zone) {
  std::vector<Awaitable<ServersAsked>> tasks;
  for (const net::IpFamily family : run.settings.families) {
    for (const NameServer& server : zone.servers) {
      Way way = run.settings.way;
      way.family = family;
      tasks.push_back(ask_name_server(run, std::move(way), server));
    }
  }
  ServersAsked all;
  for (ServersAsked& some : co_await gather(std::move(tasks))) {
    std::ranges::move(some, std::back_inserter(all));
  }
  co_return all;
}

}  // namespace

Awaitable<Result> run_each_server(const Settings& settings, net::Toolbox& net, Deadline deadline) {
  const bool listed = !settings.of_zone;
  const Run run{settings, net, deadline, settings.of_zone || settings.serial_lag.has_value(),
                settings.servers.empty() ? system_servers() : settings.servers};
  ServersAsked all;
  if (listed) {
    all = co_await ask_listed(run);
  } else {
    auto zone = co_await find_zone(net, settings.way, settings.name, run.resolvers, deadline);
    if (!zone) co_return judge_without_zone(settings, run.resolvers.front(), zone.error());
    all = co_await ask_zone(run, *std::move(zone));
  }
  co_return join(settings, std::move(all), wall_now());
}

}  // namespace vedette::dns
