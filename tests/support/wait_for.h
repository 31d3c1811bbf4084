// SPDX-License-Identifier: Apache-2.0
// The one sanctioned way to wait in a test: poll a condition under a deadline, never sleep for
// luck.
#pragma once

#include <chrono>
#include <concepts>
#include <thread>

namespace vedette::test {

// True as soon as `condition` is; false when it was not within `limit`. The limit is for a hanging
// test on a busy machine, so be generous: it costs nothing when things work.
template <std::predicate Condition>
bool wait_for(Condition&& condition, std::chrono::milliseconds limit = std::chrono::seconds(20),
              std::chrono::milliseconds step = std::chrono::milliseconds(2)) {
  const auto end = std::chrono::steady_clock::now() + limit;
  while (!condition()) {
    if (std::chrono::steady_clock::now() >= end) {
      return condition();
    }
    std::this_thread::sleep_for(step);
  }
  return true;
}

}  // namespace vedette::test
