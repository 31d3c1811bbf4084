// SPDX-License-Identifier: Apache-2.0
#include "probes/expect/number_set.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>

namespace vedette::expect {
namespace {

constexpr std::size_t max_digits = 10;
constexpr NumberSet::Range statuses{100, 999};

std::optional<std::int64_t> parse_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (!whole || text.size() > max_digits || text.front() == '-') return std::nullopt;
  return value;
}

bool is_class(const NumberSet::Range& range) {
  return range.first >= statuses.first && range.last <= statuses.last && range.first % 100 == 0 &&
         range.last == range.first + 99;
}

std::string words(const NumberSet::Range& range) {
  if (is_class(range)) return fmt::format("{}xx", range.first / 100);
  if (range.first == range.last) return fmt::format("{}", range.first);
  return fmt::format("{}-{}", range.first, range.last);
}

}  // namespace

bool NumberSet::holds(double value) const {
  return std::ranges::any_of(ranges_, [&](const Range& range) {
    return value >= static_cast<double>(range.first) && value <= static_cast<double>(range.last);
  });
}

std::string NumberSet::expected() const {
  std::string out;
  for (std::size_t i = 0; i < ranges_.size(); ++i) {
    if (i > 0) out += i + 1 == ranges_.size() ? " or " : ", ";
    out += words(ranges_[i]);
  }
  return out;
}

std::expected<NumberSet::Range, std::string> parse_range(std::string_view text) {
  const std::size_t dash = text.find('-');
  const auto first = parse_number(text.substr(0, dash));
  const auto last = dash == text.npos ? first : parse_number(text.substr(dash + 1));
  if (!first || !last) {
    return std::unexpected(
        fmt::format("\"{}\" is neither a whole number nor a range such as 1-5", text));
  }
  if (*first > *last) return std::unexpected(fmt::format("the range {} runs backwards", text));
  return NumberSet::Range{*first, *last};
}

std::expected<NumberSet::Range, std::string> parse_status_range(std::string_view text) {
  if (text.size() == 3 && text[0] >= '1' && text[0] <= '9' &&
      (text.substr(1) == "xx" || text.substr(1) == "XX")) {
    const std::int64_t first = std::int64_t{text[0] - '0'} * 100;
    return NumberSet::Range{first, first + 99};
  }
  const auto range = parse_range(text);
  if (!range || range->first < statuses.first || range->last > statuses.last) {
    return std::unexpected(fmt::format(
        "\"{}\" is no status; write 200, a list [200, 204], a range 200-299 or a class 2xx", text));
  }
  return range;
}

}  // namespace vedette::expect
