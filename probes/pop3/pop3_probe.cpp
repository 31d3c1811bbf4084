// SPDX-License-Identifier: Apache-2.0
#include "probes/pop3/pop3_probe.h"

#include "probes/pop3/run.h"
#include "probes/pop3/settings.h"
#include "probes/pop3/subjects.h"

namespace vedette::pop3 {
namespace {

class Pop3Probe final : public Probe {
 public:
  explicit Pop3Probe(Settings settings) : settings_(std::move(settings)) {}
  Awaitable<Result> run(RunInput input) const override {
    return pop3::run(settings_, input.net, input.deadline);
  }

 private:
  Settings settings_;
};

std::unique_ptr<const Probe> parse(const config::Node& section, config::Problems& problems) {
  auto settings = parse_settings(section, problems);
  if (!settings) return nullptr;
  return std::make_unique<const Pop3Probe>(*std::move(settings));
}

}  // namespace

ProbeType probe_type() {
  return {.name = "pop3", .parse = parse, .gauges = gauges, .infos = peer::tls_infos};
}

}  // namespace vedette::pop3
