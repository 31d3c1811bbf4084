// SPDX-License-Identifier: Apache-2.0
// A string that never prints itself: no operator<<, no fmt formatter, no implicit conversion.
#pragma once

#include <string>
#include <utility>

namespace vedette {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}

  // Call only where the bytes go on the wire or are compared; never to log.
  const std::string& reveal() const { return value_; }
  bool empty() const { return value_.empty(); }
  bool operator==(const Secret&) const = default;

 private:
  std::string value_;
};

}  // namespace vedette
