// SPDX-License-Identifier: Apache-2.0
#include "probes/http/http_probe.h"

#include "probes/http/run.h"
#include "probes/http/series.h"
#include "probes/http/settings.h"
#include "probes/net/toolbox.h"

namespace vedette::http {
namespace {

class HttpProbe final : public Probe {
 public:
  explicit HttpProbe(Settings settings) : settings_(std::move(settings)) {
    if (settings_.oauth2) {
      oauth2_ = std::make_unique<OAuth2>(settings_.oauth2, settings_.mask);
    }
  }

  Awaitable<Result> run(RunInput input) const override {
    return http::run(settings_, oauth2_.get(),
                     {input.net.http(), input.deadline, input.brief, input.keep_answer, input.visit,
                      input.mask});
  }

 private:
  Settings settings_;
  std::unique_ptr<OAuth2> oauth2_;  // the only state that runs share: the token
};

std::unique_ptr<const Probe> parse(const config::Node& section, config::Problems& problems) {
  auto settings = parse_settings(section, problems);
  if (!settings) return nullptr;
  return std::make_unique<const HttpProbe>(*std::move(settings));
}

}  // namespace

ProbeType probe_type() {
  return {.name = "http", .parse = parse, .gauges = gauges, .infos = peer::tls_infos};
}

}  // namespace vedette::http
