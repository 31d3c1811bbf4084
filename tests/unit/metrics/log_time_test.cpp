// SPDX-License-Identifier: Apache-2.0
#include "agent/metrics/log_time.h"

#include <gtest/gtest.h>

namespace vedette::metrics {
namespace {

using namespace std::chrono_literals;

TEST(LogTime, IsExactEnoughForAChart) {
  for (double time = 0; time < 1e9; time = time * 1.01 + 1) {
    const Microseconds exact(static_cast<std::int64_t>(time));
    const auto kept = from_log_time(log_time(exact));
    EXPECT_NEAR(static_cast<double>(kept.count()), time, time / 1000 + 1);
  }
  EXPECT_EQ(from_log_time(log_time(0us)), 0us);
  EXPECT_EQ(from_log_time(log_time(-5us)), 0us);
  EXPECT_EQ(log_time(24h), log_time_most);
}

}  // namespace
}  // namespace vedette::metrics
