// SPDX-License-Identifier: Apache-2.0
#include "probes/mailbox/mailbox_probe.h"

#include "probes/mailbox/run.h"
#include "probes/mailbox/settings.h"
#include "probes/mailbox/subjects.h"

namespace vedette::mailbox {
namespace {

class MailboxProbe final : public Probe {
 public:
  explicit MailboxProbe(Settings settings) : settings_(std::move(settings)) {}

  Awaitable<Result> run(RunInput input) const override {
    return mailbox::run(settings_, std::move(input));
  }

 private:
  Settings settings_;
};

std::unique_ptr<const Probe> parse(const config::Node& section, config::Problems& problems) {
  auto settings = parse_settings(section, problems);
  if (!settings) return nullptr;
  return std::make_unique<const MailboxProbe>(*std::move(settings));
}

}  // namespace

ProbeType probe_type() {
  return {.name = "mailbox", .parse = parse, .gauges = gauges, .infos = peer::tls_infos};
}

}  // namespace vedette::mailbox
