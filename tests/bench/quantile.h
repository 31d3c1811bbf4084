// SPDX-License-Identifier: Apache-2.0
// Where most of many measured values lie.
#pragma once

#include <algorithm>
#include <vector>

namespace vedette::bench {

// The value below which this share of them lies, 0 of none.
inline double quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

}  // namespace vedette::bench
