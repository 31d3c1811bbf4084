// SPDX-License-Identifier: Apache-2.0
// "less than 800ms": a number, a size or a time compared with a bound.
#pragma once

#include <cstdint>
#include <string>

namespace vedette::expect {

enum class Order : std::uint8_t { equals, less_than, at_most, greater_than, at_least };

enum class Unit : std::uint8_t { none, bytes, time, time_left };  // times in microseconds

class Comparison {
 public:
  Comparison(Order order, double bound, Unit unit) : bound_(bound), order_(order), unit_(unit) {}

  bool holds(double value) const;
  // "less than 800ms".
  std::string expected() const;
  Unit unit() const { return unit_; }

 private:
  double bound_;
  Order order_;
  Unit unit_;
};

// A measured value in words: "812.4ms", "3 bytes", "13d4h". A time left is given without its sign.
std::string measured(double value, Unit unit);

}  // namespace vedette::expect
