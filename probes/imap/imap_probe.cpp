// SPDX-License-Identifier: Apache-2.0
#include "probes/imap/imap_probe.h"

#include "probes/imap/run.h"
#include "probes/imap/settings.h"
#include "probes/imap/subjects.h"

namespace vedette::imap {
namespace {

class ImapProbe final : public Probe {
 public:
  explicit ImapProbe(Settings settings) : settings_(std::move(settings)) {}
  Awaitable<Result> run(RunInput input) const override {
    return imap::run(settings_, input.net, input.deadline);
  }

 private:
  Settings settings_;
};

std::unique_ptr<const Probe> parse(const config::Node& section, config::Problems& problems) {
  auto settings = parse_settings(section, problems);
  if (!settings) return nullptr;
  return std::make_unique<const ImapProbe>(*std::move(settings));
}

}  // namespace

ProbeType probe_type() {
  return {.name = "imap", .parse = parse, .gauges = gauges, .infos = peer::tls_infos};
}

}  // namespace vedette::imap
