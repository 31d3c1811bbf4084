// SPDX-License-Identifier: Apache-2.0
#include "agent/demo/payments/money.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace vedette::demo {
namespace {

constexpr std::array<std::string_view, 6> whole{"clp", "isk", "jpy", "krw", "pyg", "vnd"};

}  // namespace

std::string format_money(std::int64_t amount, std::string_view currency) {
  std::string name(currency);
  std::ranges::transform(name, name.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  if (std::ranges::count(whole, currency) != 0) return fmt::format("{} {}", amount, name);
  return fmt::format("{}.{:02} {}", amount / 100, amount % 100, name);
}

}  // namespace vedette::demo
