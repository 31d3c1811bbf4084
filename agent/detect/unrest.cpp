// SPDX-License-Identifier: Apache-2.0
#include "agent/detect/unrest.h"

#include <cmath>

namespace vedette::detect {
namespace {

constexpr int window = 20;
constexpr double newest_weight = 1.25;
constexpr double oldest_weight = 0.75;
constexpr std::uint16_t never = 10'000;  // more than any share

std::uint16_t permille(double share) {
  return static_cast<std::uint16_t>(std::lround(share * 1000));
}

std::uint16_t weighted(std::uint32_t changes) {
  constexpr double per_place = (newest_weight - oldest_weight) / (window - 1);
  double sum = 0;
  for (int place = 0; place < window; ++place) {
    if ((changes >> place & 1U) != 0) sum += newest_weight - place * per_place;
  }
  return permille(sum / window);
}

}  // namespace

Unrest::Unrest(const Flapping& policy)
    : start_(policy.on ? permille(policy.start) : never), stop_(permille(policy.stop)) {}

void Unrest::feed(bool passed) {
  const bool change = fed_ && passed != passed_;
  passed_ = passed;
  fed_ = true;
  changes_ = (changes_ << 1U | (change ? 1U : 0U)) & ((1U << window) - 1);
  permille_ = changes_ == 0 ? 0 : weighted(changes_);
  flaps_ = flaps_ ? permille_ > stop_ : permille_ >= start_;
}

void Unrest::forget() {
  changes_ = 0;
  permille_ = 0;
  flaps_ = false;
}

}  // namespace vedette::detect
