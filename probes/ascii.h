// SPDX-License-Identifier: Apache-2.0
// Case of ASCII letters, whatever the locale: names of protocols are compared so.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace vedette {

constexpr char lower_case(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

inline std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = lower_case(c);
  return out;
}

inline bool same_without_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return lower_case(c); };
  return std::ranges::equal(a, b, {}, lower, lower);
}

}  // namespace vedette
