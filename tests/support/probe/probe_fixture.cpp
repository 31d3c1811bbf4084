// SPDX-License-Identifier: Apache-2.0
#include "tests/support/probe/probe_fixture.h"

#include <stdexcept>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "config/document.h"
#include "probes/registry/registry.h"
#include "tests/support/run_coroutine.h"
#include "tests/support/waited_for_core.h"

namespace vedette {

void PrintTo(const Result& result, std::ostream* out) {
  *out << test::summary(result);
}

}  // namespace vedette

namespace vedette::test {
namespace {

// How much later than its timeout a run may end, on a machine that has a core for it.
constexpr Duration allowance = 100ms;

struct FactText {
  std::string operator()(const std::string& text) const { return text; }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(double value) const { return fmt::format("{}", value); }
  std::string operator()(const std::vector<std::string>& list) const {
    return fmt::format("{}", fmt::join(list, ", "));
  }
};

}  // namespace

ProbeCheck::ProbeCheck(std::string_view type, const std::string& yaml) {
  config::Problems problems;
  const std::optional<config::Node> section = config::parse(yaml, "check.yaml", problems);
  if (section) {
    probe_ = find_probe_type(type)->parse(*section, problems);
  }
  if (!probe_ || !problems.empty()) {
    throw std::runtime_error(problems.text() + "in\n" + yaml);
  }
}

net::Toolbox& ProbeTest::toolbox() {
  if (!toolbox_) {
    toolbox_ = std::make_unique<net::Toolbox>(loop_, settings_);
  }
  return *toolbox_;
}

Result ProbeTest::run(const ProbeCheck& check, Duration timeout, std::string memory,
                      std::uint64_t identity) {
  net::Toolbox& net = toolbox();
  const auto waited = waited_for_core();
  const auto start = Steady::now();
  RunInput input{net, Deadline::in(timeout), std::move(memory), identity};
  input.brief = brief_;
  Result result =
      run_coroutine(loop_, check.probe().run(std::move(input)), timeout + std::chrono::seconds(20));
  const auto took = std::chrono::duration_cast<Duration>(Steady::now() - start);
  const Duration limit = timeout + allowance + (waited_for_core() - waited);
  EXPECT_LT(took, limit) << summary(result);
  EXPECT_LT(result.duration, limit) << summary(result);
  EXPECT_EQ(result.outcome == Outcome::pass, !result.reason.has_value()) << summary(result);
  return result;
}

std::string summary(const Result& result) {
  std::string words(text(result.outcome));
  if (result.reason) {
    words += fmt::format(" {}: {}", text(*result.reason), result.message);
  }
  return words;
}

std::string fact(const Result& result, std::string_view name) {
  for (const Fact& each : result.facts) {
    if (each.name == name) {
      return std::visit(FactText{}, each.value);
    }
  }
  return {};
}

std::optional<Microseconds> phase(const Result& result, std::string_view name) {
  for (const Phase& each : result.phases) {
    if (each.name == name) {
      return each.duration;
    }
  }
  return std::nullopt;
}

double gauge_of(std::string_view type, const Result& result, std::string_view name,
                std::string_view value) {
  const std::span<const GaugeSpec> specs = find_probe_type(type)->gauges;
  for (std::size_t i = 0; i < specs.size() && i < result.gauges.size(); ++i) {
    if (specs[i].name == name && specs[i].value == value) {
      return result.gauges[i];
    }
  }
  return not_seen;
}

}  // namespace vedette::test
