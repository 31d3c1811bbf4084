// SPDX-License-Identifier: Apache-2.0
#include "probes/expect/comparison.h"

#include <array>
#include <cmath>
#include <string_view>

#include <fmt/format.h>

#include "config/duration.h"

namespace vedette::expect {
namespace {

constexpr std::array<std::string_view, 5> order_words{"", "less than ", "at most ", "more than ",
                                                      "at least "};

Duration milliseconds(double microseconds) {
  return Duration{static_cast<Duration::rep>(microseconds / 1000)};
}

// The bound as the configuration gave it.
std::string given(double bound, Unit unit) {
  const bool is_time = unit == Unit::time || unit == Unit::time_left;
  return is_time ? config::format_duration(milliseconds(bound)) : measured(bound, unit);
}

std::string measured_time(double microseconds) {
  return microseconds < 1e6 ? fmt::format("{:.1f}ms", microseconds / 1e3)
                            : fmt::format("{:.3f}s", microseconds / 1e6);
}

// Minutes are exact enough for what ends in days.
std::string measured_time_left(double microseconds) {
  const Duration left = milliseconds(std::abs(microseconds));
  return left < std::chrono::minutes(1)
             ? config::format_duration(std::chrono::floor<std::chrono::seconds>(left))
             : config::format_duration(std::chrono::floor<std::chrono::minutes>(left));
}

}  // namespace

bool Comparison::holds(double value) const {
  switch (order_) {
    case Order::equals:
      return value == bound_;
    case Order::less_than:
      return value < bound_;
    case Order::at_most:
      return value <= bound_;
    case Order::greater_than:
      return value > bound_;
    case Order::at_least:
      return value >= bound_;
  }
  return false;
}

std::string Comparison::expected() const {
  return fmt::format("{}{}", order_words[static_cast<std::size_t>(order_)], given(bound_, unit_));
}

std::string measured(double value, Unit unit) {
  switch (unit) {
    case Unit::none:
      return fmt::format("{}", value);
    case Unit::bytes:
      return fmt::format("{} byte{}", value, value == 1 ? "" : "s");
    case Unit::time:
      return measured_time(value);
    case Unit::time_left:
      return measured_time_left(value);
  }
  return {};
}

}  // namespace vedette::expect
