// SPDX-License-Identifier: Apache-2.0
// Dates, clocks and durations.
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "agent/brand/fill.h"
#include "agent/page/words.h"

namespace vedette::page {
namespace {

using brand::fill;

std::string month_name(const std::string& names, std::chrono::month month) {
  const auto all = brand::words_of(names);
  const auto index = static_cast<unsigned>(month) - 1;
  return std::string(index < all.size() ? all[index] : std::string_view());
}

std::string date_of(const Strings& strings, const std::string& months,
                    std::chrono::year_month_day day) {
  return fill(strings.date, {{"day", std::to_string(static_cast<unsigned>(day.day()))},
                             {"month", month_name(months, day.month())},
                             {"year", std::to_string(static_cast<int>(day.year()))}});
}

std::string counted(long long count, const std::string& one, const std::string& many) {
  return fill(count == 1 ? one : many, {{"count", std::to_string(count)}});
}

}  // namespace

std::string date_words(const Brand& brand, Instant at) {
  return date_of(brand.strings, brand.strings.months, brand.zone.local(at).date);
}

std::string time_words(const Brand& brand, Instant at) {
  const auto local = brand.zone.local(at);
  const auto& strings = brand.strings;
  return fill(strings.time,
              {{"day", std::to_string(static_cast<unsigned>(local.date.day()))},
               {"month", month_name(strings.short_months, local.date.month())},
               {"year", std::to_string(static_cast<int>(local.date.year()))},
               {"clock", fmt::format("{:02}:{:02}:{:02}", local.hour, local.minute, local.second)},
               {"zone", local.zone}});
}

std::string day_words(const Strings& strings, uptime::Day day) {
  return date_of(strings, strings.months, day);
}

std::string month_words(const Strings& strings, std::chrono::year_month month) {
  return fill(strings.month_and_year, {{"month", month_name(strings.months, month.month())},
                                       {"year", std::to_string(static_cast<int>(month.year()))}});
}

std::string duration_words(const Strings& strings, Duration span) {
  const auto minutes = std::chrono::floor<std::chrono::minutes>(span).count();
  if (minutes < 1) return strings.less_than_a_minute;
  const auto days = minutes / (24 * 60), hours = minutes / 60;
  std::string great, small;
  if (days > 0) {
    great = counted(days, strings.day, strings.days);
    if (hours % 24 > 0) small = counted(hours % 24, strings.hour, strings.hours);
  } else if (hours > 0) {
    great = counted(hours, strings.hour, strings.hours);
    if (minutes % 60 > 0) small = counted(minutes % 60, strings.minute, strings.minutes);
  } else {
    great = counted(minutes, strings.minute, strings.minutes);
  }
  return small.empty() ? great : great + " " + small;
}

std::string days_words(const Strings& strings, long long count) {
  return counted(count, strings.day, strings.days);
}

std::string short_duration(Duration span) {
  const auto minutes =
      std::max<long long>(1, std::chrono::floor<std::chrono::minutes>(span).count());
  if (minutes < 60) return fmt::format("{}\u00a0m", minutes);
  const auto two = [](long long amount, long long size, char great, char small) {
    const auto rest = amount % size;
    return rest == 0 ? fmt::format("{}\u00a0{}", amount / size, great)
                     : fmt::format("{}\u00a0{}\u00a0{}\u00a0{}", amount / size, great, rest, small);
  };
  return minutes < 24 * 60 ? two(minutes, 60, 'h', 'm') : two(minutes / 60, 24, 'd', 'h');
}

std::string latency_words(Microseconds span) {
  const auto count = span.count();
  if (count < 1000) return fmt::format("{} µs", count);
  if (count < 9'950) return fmt::format("{:.1f} ms", static_cast<double>(count) / 1e3);
  if (count < 999'500) return fmt::format("{} ms", (count + 500) / 1000);
  return fmt::format("{:.1f} s", static_cast<double>(count) / 1e6);
}

std::string percent_words(const Strings& strings, std::optional<double> share) {
  if (!share) return "–";
  // A hair more, because 0.9998 is a little less than that in binary.
  const double hundredths = std::floor(*share * 10'000 + 1e-6);
  const bool whole = hundredths >= 10'000 && *share < 1;
  const double shown = whole ? 9'999 : hundredths;
  auto number = fmt::format("{:.2f}", shown / 100);
  if (number.ends_with(".00")) number.resize(number.size() - 3);
  return fill(strings.percent, {{"number", number}});
}

}  // namespace vedette::page
