// SPDX-License-Identifier: Apache-2.0
#include "agent/page/rollup.h"

#include <gtest/gtest.h>

namespace vedette::page {
namespace {

using enum incident::ComponentStatus;
using incident::Impact;

std::string of(std::vector<incident::ComponentStatus> statuses, Impact worst = Impact::none) {
  const auto rollup = roll_up(statuses, worst);
  return std::string(rollup.indicator) + ": " + std::string(rollup.description);
}

TEST(Rollup, AllOperational) {
  EXPECT_EQ(of({operational, operational}), "none: All Systems Operational");
}

TEST(Rollup, AllMajorIsCritical) {
  EXPECT_EQ(of({major_outage, major_outage}), "critical: Major System Outage");
  EXPECT_EQ(of({major_outage}), "critical: Major System Outage");
}

TEST(Rollup, AnyMajorOrAllPartialIsMajor) {
  EXPECT_EQ(of({major_outage, operational, operational}), "major: Partial System Outage");
  EXPECT_EQ(of({partial_outage, partial_outage}), "major: Partial System Outage");
}

TEST(Rollup, AnyPartialIsMinor) {
  EXPECT_EQ(of({partial_outage, degraded_performance}), "minor: Minor Service Outage");
}

TEST(Rollup, DegradedIsMinorInTwoWords) {
  EXPECT_EQ(of({degraded_performance, degraded_performance}), "minor: Degraded System Service");
  EXPECT_EQ(of({degraded_performance, operational}), "minor: Partially Degraded Service");
}

TEST(Rollup, MaintenanceShowsOnlyWhereNothingIsBroken) {
  EXPECT_EQ(of({under_maintenance, operational}), "maintenance: Service Under Maintenance");
  EXPECT_EQ(of({under_maintenance, degraded_performance}), "minor: Partially Degraded Service");
}

TEST(Rollup, IncidentsCountOnlyWithoutComponents) {
  EXPECT_EQ(of({operational}, Impact::critical), "none: All Systems Operational");
  EXPECT_EQ(of({}, Impact::none), "none: All Systems Operational");
  EXPECT_EQ(of({}, Impact::critical), "critical: Major System Outage");
}

}  // namespace
}  // namespace vedette::page
