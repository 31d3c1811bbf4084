// SPDX-License-Identifier: Apache-2.0
#include "probes/round_trip/round_trip_probe.h"

#include "probes/round_trip/run.h"
#include "probes/round_trip/series.h"
#include "probes/round_trip/settings.h"

namespace vedette::round_trip {
namespace {

using namespace std::chrono_literals;

// For two sessions and the clearing, beside the wait.
constexpr Duration least_beside_the_wait = 1s;

class RoundTripProbe final : public Probe {
 public:
  explicit RoundTripProbe(Settings settings) : settings_(std::move(settings)) {}

  Awaitable<Result> run(RunInput input) const override {
    return round_trip::run(settings_, std::move(input));
  }
  Duration least_timeout() const override {
    return settings_.within ? *settings_.within + least_beside_the_wait : Duration::zero();
  }

 private:
  Settings settings_;
};

std::unique_ptr<const Probe> parse(const config::Node& section, config::Problems& problems) {
  auto settings = parse_settings(section, problems);
  if (!settings) return nullptr;
  return std::make_unique<const RoundTripProbe>(*std::move(settings));
}

}  // namespace

ProbeType probe_type() {
  return {.name = "mail_round_trip",
          .parse = parse,
          .gauges = gauges,
          .infos = {},
          .leaves_traces = true};
}

}  // namespace vedette::round_trip
