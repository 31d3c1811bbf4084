// SPDX-License-Identifier: Apache-2.0
#include "probes/smtp/smtp_probe.h"

#include "probes/smtp/run.h"
#include "probes/smtp/settings.h"
#include "probes/smtp/subjects.h"

namespace vedette::smtp {
namespace {

class SmtpProbe final : public Probe {
 public:
  explicit SmtpProbe(Settings settings) : settings_(std::move(settings)) {}
  Awaitable<Result> run(RunInput input) const override {
    return smtp::run(settings_, input.net, input.deadline);
  }

 private:
  Settings settings_;
};

std::unique_ptr<const Probe> parse(const config::Node& section, config::Problems& problems) {
  auto settings = parse_settings(section, problems);
  if (!settings) return nullptr;
  return std::make_unique<const SmtpProbe>(*std::move(settings));
}

}  // namespace

ProbeType probe_type() {
  return {.name = "smtp", .parse = parse, .gauges = gauges, .infos = peer::tls_infos};
}

}  // namespace vedette::smtp
