// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/settings/fake_types.h"

#include <array>

namespace vedette::settings {
namespace {

class FakeProbe : public Probe {
 public:
  explicit FakeProbe(Duration needs) : needs_(needs) {}

  Awaitable<Result> run(RunInput /*input*/) const override { co_return Result{}; }
  Duration least_timeout() const override { return needs_; }

 private:
  Duration needs_;
};

std::unique_ptr<const Probe> parse(const config::Node& node, config::Problems& problems) {
  config::Section section(node, "http", problems);
  const auto needs = section.duration("needs", {}, {}, std::chrono::hours(1));
  return section.required_text("url").empty() ? nullptr : std::make_unique<FakeProbe>(needs);
}

}  // namespace

std::span<const ProbeType> fake_types() {
  static const std::array<ProbeType, 2> types{{{"http", parse, {}, {}}, {"dns", parse, {}, {}}}};
  return types;
}

}  // namespace vedette::settings
