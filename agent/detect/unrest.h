// SPDX-License-Identifier: Apache-2.0
// How restless the results are: the share of changes between passing and not passing among the last
// 20. As Nagios and Icinga count it: the newest weighs 1.25, the oldest 0.75.
#pragma once

#include <cstdint>

#include "agent/detect/policy.h"

namespace vedette::detect {

class Unrest {
 public:
  explicit Unrest(const Flapping& policy);

  void feed(bool passed);
  // What was restless has come to rest. Only changes from now on count.
  void forget();

  // Once the share is at `start`, and until it is down to `stop`.
  bool flaps() const { return flaps_; }
  // 0 to 1.
  double share() const { return permille_ / 1000.0; }
  double start() const { return start_ / 1000.0; }
  double stop() const { return stop_ / 1000.0; }

 private:
  std::uint32_t changes_ = 0;  // bit 0: the newest
  std::uint16_t start_;        // permille
  std::uint16_t stop_;
  std::uint16_t permille_ = 0;
  bool passed_ = true;  // the newest result
  bool fed_ = false;    // there is one
  bool flaps_ = false;
};

}  // namespace vedette::detect
