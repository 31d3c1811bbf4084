// SPDX-License-Identifier: Apache-2.0
// The Bernoulli CUSUM by itself, with its defaults at one run every 30 s: how many runs it takes to
// an alarm, drawn a million times, beside what the Markov chain says.
#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include <fmt/format.h>

#include "agent/detect/intermittence.h"

namespace {

using namespace vedette;
using detect::Intermittence;
using detect::IntermittenceRule;

constexpr int failures = 2;

std::uint32_t runs_to_alarm(const IntermittenceRule& rule, double p, std::mt19937_64& random) {
  std::bernoulli_distribution fails(p);
  Intermittence cusum(rule);
  std::uint32_t runs = 0;
  while (!cusum.alarmed()) {
    ++runs;
    cusum.feed(fails(random), true, Instant{});
  }
  return runs;
}

void measure(const IntermittenceRule& rule, double p, std::size_t draws) {
  std::mt19937_64 random(20261108);
  std::vector<std::uint32_t> drawn(draws);
  std::ranges::generate(drawn, [&] { return runs_to_alarm(rule, p, random); });
  double sum = 0;
  for (const auto runs : drawn) sum += runs;
  const auto at_95 = drawn.begin() + static_cast<std::ptrdiff_t>(draws * 95 / 100);
  std::ranges::nth_element(drawn, at_95);
  fmt::print("| {:g} % | {} | {:.1f} | {} | {:.1f} |\n", p * 100, draws,
             sum / static_cast<double>(draws), *at_95, detect::runs_to_alarm(rule, p));
}

}  // namespace

int main() {
  const detect::Intermittent wish;
  const auto rule = detect::intermittence_rule(wish, std::chrono::seconds(30), failures);
  fmt::print("a failure adds {}, {} are an alarm\n", rule.step, rule.alarm);
  fmt::print("| fail | alarms drawn | runs, mean | 95 % | computed |\n|---|---|---|---|---|\n");
  for (const double p : {0.5, 0.25}) measure(rule, p, 1'000'000);
  measure(rule, 0.1, 100'000);
  measure(rule, wish.normal_failures, 3'000);  // each is a month
}
