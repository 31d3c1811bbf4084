// SPDX-License-Identifier: Apache-2.0
// Chance that can be had again: the same seed gives the same failures and the same ids.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace vedette::demo {

// Not for secrets.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}

  // True once in `sides` times, on average.
  bool one_in(std::uint64_t sides) { return engine_() % sides == 0; }

  // "pi_" and 24 letters and digits.
  std::string id(std::string_view prefix) {
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789";
    std::string made(prefix);
    made += '_';
    for (int i = 0; i < 24; ++i) made += letters[engine_() % letters.size()];
    return made;
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace vedette::demo
