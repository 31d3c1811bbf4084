// SPDX-License-Identifier: Apache-2.0
#include "probes/dns/dns_probe.h"

#include "probes/dns/run.h"
#include "probes/dns/series.h"
#include "probes/dns/settings.h"

namespace vedette::dns {
namespace {

class DnsProbe final : public Probe {
 public:
  explicit DnsProbe(Settings settings) : settings_(std::move(settings)) {}

  Awaitable<Result> run(RunInput input) const override {
    return dns::run(settings_, input.net, input.deadline, input.brief);
  }

 private:
  Settings settings_;
};

std::unique_ptr<const Probe> parse(const config::Node& section, config::Problems& problems) {
  auto settings = parse_settings(section, problems);
  if (!settings) return nullptr;
  return std::make_unique<const DnsProbe>(*std::move(settings));
}

}  // namespace

ProbeType probe_type() {
  return {.name = "dns", .parse = parse, .gauges = gauges, .infos = peer::tls_infos};
}

}  // namespace vedette::dns
