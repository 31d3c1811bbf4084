// SPDX-License-Identifier: Apache-2.0
#include "probes/flow/flow_probe.h"

#include "probes/flow/janitor.h"
#include "probes/flow/run.h"

namespace vedette::flow {
namespace {

class FlowProbe final : public Probe {
 public:
  explicit FlowProbe(Plan plan)
      : plan_(std::move(plan)), gauges_(step_gauges(plan_.settings->steps)) {}

  Awaitable<Result> run(RunInput input) const override {
    Run run(plan_, std::move(input));
    co_return co_await run.go();
  }

  std::span<const GaugeSpec> own_gauges() const override { return gauges_; }

 private:
  Plan plan_;
  std::vector<GaugeSpec> gauges_;
};

// As configured: stands for its variants.
class Flow final : public Probe {
 public:
  explicit Flow(std::shared_ptr<const Settings> settings)
      : settings_(std::move(settings)),
        shared_(std::make_shared<Shared>()),
        alone_({settings_, nullptr, shared_}) {
    for (const VariantValues& variant : settings_->variants) {
      variants_.push_back(
          {variant.name, std::make_shared<FlowProbe>(Plan{settings_, &variant, shared_})});
    }
    if (settings_->has_cleanup()) janitor_ = make_janitor(settings_, shared_);
  }

  Awaitable<Result> run(RunInput input) const override { return alone_.run(std::move(input)); }
  std::span<const Variant> variants() const override { return variants_; }
  std::shared_ptr<const Probe> janitor() const override { return janitor_; }
  std::span<const GaugeSpec> own_gauges() const override { return alone_.own_gauges(); }

 private:
  std::shared_ptr<const Settings> settings_;
  std::shared_ptr<Shared> shared_;
  FlowProbe alone_;
  std::vector<Variant> variants_;
  std::shared_ptr<const Probe> janitor_;
};

}  // namespace

ProbeType probe_type(std::span<const ProbeType> types) {
  ProbeType type{.name = "flow", .parse = {}, .gauges = {}, .infos = {}, .leaves_traces = true};
  type.parse = [types](const config::Node& section,
                       config::Problems& problems) -> std::unique_ptr<const Probe> {
    auto settings = read_settings(section, types, problems);
    if (!settings) return nullptr;
    return std::make_unique<const Flow>(std::make_shared<const Settings>(*std::move(settings)));
  };
  return type;
}

}  // namespace vedette::flow
