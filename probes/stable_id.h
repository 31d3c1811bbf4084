// SPDX-License-Identifier: Apache-2.0
// Ids that people meet in addresses and answers: short, and the same for the same hash.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vedette {

// 12 characters of [a-z0-9], the lower digits of the number in base 36.
inline std::string stable_id(std::uint64_t hash) {
  constexpr std::string_view digits = "0123456789abcdefghijklmnopqrstuvwxyz";
  std::string text(12, '0');
  for (auto digit = text.rbegin(); digit != text.rend(); ++digit, hash /= digits.size()) {
    *digit = digits[hash % digits.size()];
  }
  return text;
}

}  // namespace vedette
