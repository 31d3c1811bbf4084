// SPDX-License-Identifier: Apache-2.0
#include "config/duration.h"

#include <array>
#include <charconv>
#include <cstdint>

#include <fmt/format.h>

#include "config/problems.h"

namespace vedette::config {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t milliseconds;
};
// From the largest down: a duration names each at most once, in this order.
constexpr std::array<Unit, 5> units{
    {{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1000}, {"ms", 1}}};
constexpr std::int64_t longest = 3650 * units[0].milliseconds;

std::unexpected<std::string> wrong(std::string_view text, std::string_view why) {
  return std::unexpected(fmt::format("{} is no duration: {}", quote(text), why));
}

std::string_view take_word(std::string_view& rest) {
  std::size_t length = 0;
  while (length < rest.size() && rest[length] >= 'a' && rest[length] <= 'z') ++length;
  const auto word = rest.substr(0, length);
  rest.remove_prefix(length);
  return word;
}

}  // namespace

std::expected<Duration, std::string> parse_duration(std::string_view text) {
  constexpr std::string_view hint = "write it like 500ms, 30s, 1m30s, 2h or 14d";
  if (text.empty()) return wrong(text, hint);
  std::int64_t total = 0;
  std::size_t next_unit = 0;
  for (auto rest = text; !rest.empty();) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
    if (error == std::errc::result_out_of_range || value > longest) {
      return wrong(text, "the longest is 3650d");
    }
    if (error != std::errc{} || rest.front() == '-') return wrong(text, hint);
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    const auto name = take_word(rest);
    if (name.empty() && rest.empty()) return wrong(text, "it needs a unit (ms, s, m, h or d)");
    while (next_unit < units.size() && units[next_unit].name != name) ++next_unit;
    if (next_unit == units.size()) return wrong(text, hint);
    if (value > (longest - total) / units[next_unit].milliseconds) {
      return wrong(text, "the longest is 3650d");
    }
    total += value * units[next_unit++].milliseconds;
  }
  return Duration(total);
}

std::string format_duration(Duration duration) {
  if (duration.count() == 0) return "0s";
  std::string text;
  auto rest = duration.count();
  for (const auto& unit : units) {
    if (const auto count = rest / unit.milliseconds; count != 0) {
      text += fmt::format("{}{}", count, unit.name);
      rest %= unit.milliseconds;
    }
  }
  return text;
}

}  // namespace vedette::config
