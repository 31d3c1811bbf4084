// SPDX-License-Identifier: Apache-2.0
#include "probes/dns/run.h"

#include "probes/dns/ask.h"
#include "probes/dns/each_server.h"
#include "probes/dns/judge.h"
#include "probes/dns/system_servers.h"

namespace vedette::dns {
namespace {

Awaitable<Result> run_once(const Settings& settings, net::IpFamily family, net::Toolbox& net,
                           Deadline deadline) {
  Way way = settings.way;
  way.family = family;
  const auto servers = settings.servers.empty() ? system_servers() : settings.servers;
  const Asked asked = co_await ask_first(net, way, settings.query, servers, deadline);
  co_return judge(settings, asked, false, wall_now());
}

}  // namespace

Awaitable<Result> run(const Settings& settings, net::Toolbox& net, Deadline deadline) {
  const Instant started_at = wall_now();
  const auto began = Steady::now();
  Result result;
  if (settings.each_server) {
    result = co_await run_each_server(settings, net, deadline);
    // That of the phases is one server's; it took time to find them, and to ask for serials.
    result.duration = std::chrono::duration_cast<Microseconds>(Steady::now() - began);
  } else if (settings.families.size() == 1) {
    result = co_await run_once(settings, settings.families.front(), net, deadline);
  } else {
    Result v4 = co_await run_once(settings, net::IpFamily::v4, net, deadline.halfway());
    Result v6 = co_await run_once(settings, net::IpFamily::v6, net, deadline);
    result = peer::combine(std::move(v4), std::move(v6));
  }
  result.started_at = started_at;
  co_return result;
}

}  // namespace vedette::dns
