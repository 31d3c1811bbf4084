// SPDX-License-Identifier: Apache-2.0
#include "probes/flow/amount.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "probes/encoding.h"

namespace vedette::flow {
namespace {

constexpr std::size_t most_digits = 15;
constexpr std::size_t most_decimals = 4;

bool is_currency(std::string_view text) {
  return text.size() == 3 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

std::string Amount::text() const {
  std::string digits = fmt::format("{:0{}}", minor, decimals + 1);
  if (decimals > 0) digits.insert(digits.size() - static_cast<std::size_t>(decimals), ".");
  return fmt::format("{} {}", digits, currency);
}

std::expected<Amount, std::string> parse_amount(std::string_view text) {
  const auto wrong = std::unexpected(
      fmt::format("\"{}\" is no amount; write it like 1.00 EUR", printable(shorten(text, 40))));
  const auto space = text.find(' ');
  if (space == text.npos || !is_currency(text.substr(space + 1))) return wrong;
  std::string digits(text.substr(0, space));
  const auto point = digits.find('.');
  Amount out;
  if (point != digits.npos) {
    digits.erase(point, 1);
    out.decimals = static_cast<int>(digits.size() - point);
    if (point == 0 || out.decimals == 0) return wrong;
  }
  if (digits.size() > most_digits || out.decimals > static_cast<int>(most_decimals)) return wrong;
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, out.minor);
  if (error != std::errc() || stop != end || out.minor < 0) return wrong;
  out.currency = text.substr(space + 1);
  return out;
}

}  // namespace vedette::flow
