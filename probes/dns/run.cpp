// SPDX-License-Identifier: Apache-2.0
#include "probes/dns/run.h"

#include <memory>

#include "probes/dns/ask.h"
#include "probes/dns/each_server.h"
#include "probes/dns/judge.h"
#include "probes/dns/system_servers.h"

namespace vedette::dns {
namespace {

Result judge_once(const Settings& settings, const Asked& asked, bool brief, Instant started_at) {
  const Instant now = started_at + std::chrono::floor<Duration>(asked.clock.total());
  Result result = judge(settings, asked, {.brief = brief}, now);
  result.started_at = started_at;
  return result;
}

Awaitable<Result> run_once(const Settings& settings, const Way& way, net::Toolbox& net,
                           Deadline deadline, bool brief) {
  const Instant started_at = wall_now();
  std::vector<peer::Server> found;
  if (settings.servers.empty()) found = system_servers();
  const auto& servers = settings.servers.empty() ? found : settings.servers;
  // Not in this frame: one of more than a kilobyte is slow to allocate.
  const auto asked = std::make_unique<Asked>();
  co_await ask_first(net, way, settings.query, servers, deadline, *asked);
  co_return judge_once(settings, *asked, brief, started_at);
}

Awaitable<Result> run_over_both(const Settings& settings, net::Toolbox& net, Deadline deadline,
                                bool brief) {
  Way way = settings.way;
  way.family = net::IpFamily::v4;
  Result v4 = co_await run_once(settings, way, net, deadline.halfway(), brief);
  way.family = net::IpFamily::v6;
  Result v6 = co_await run_once(settings, way, net, deadline, brief);
  const Instant started_at = v4.started_at;
  Result result = peer::combine(std::move(v4), std::move(v6));
  result.started_at = started_at;
  co_return result;
}

Awaitable<Result> run_at_each(const Settings& settings, net::Toolbox& net, Deadline deadline) {
  const Instant started_at = wall_now();
  const auto began = Steady::now();
  Result result = co_await run_each_server(settings, net, deadline);
  result.started_at = started_at;
  // That of the phases is one server's; it took time to find them, and to ask for serials.
  result.duration = std::chrono::duration_cast<Microseconds>(Steady::now() - began);
  co_return result;
}

}  // namespace

Awaitable<Result> run(const Settings& settings, net::Toolbox& net, Deadline deadline, bool brief) {
  if (settings.each_server) return run_at_each(settings, net, deadline);
  if (settings.families.size() > 1) return run_over_both(settings, net, deadline, brief);
  return run_once(settings, settings.way, net, deadline, brief);
}

}  // namespace vedette::dns
