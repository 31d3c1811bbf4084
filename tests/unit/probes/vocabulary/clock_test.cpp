// SPDX-License-Identifier: Apache-2.0
#include "probes/clock.h"

#include <gtest/gtest.h>

namespace vedette {
namespace {

using std::chrono::milliseconds;

TEST(FormatInstant, IsRfc3339InUtcWithMilliseconds) {
  EXPECT_EQ(format_instant(Instant{milliseconds{0}}), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(format_instant(Instant{milliseconds{1'794'132'003'250}}), "2026-11-08T10:00:03.250Z");
  EXPECT_EQ(format_instant(Instant{milliseconds{951'868'799'999}}), "2000-02-29T23:59:59.999Z");
}

TEST(FormatInstant, GoesBeforeTheEpoch) {
  EXPECT_EQ(format_instant(Instant{milliseconds{-1}}), "1969-12-31T23:59:59.999Z");
}

}  // namespace
}  // namespace vedette
