// SPDX-License-Identifier: Apache-2.0
// How the results of one check become a verdict, as configured. Plain data.
#pragma once

#include <string>

#include "config/duration.h"

namespace vedette::detect {

// Failures that come and go: found by a Bernoulli CUSUM (intermittence.h).
struct Intermittent {
  bool on = true;
  Duration false_alarm_every{std::chrono::hours{30 * 24}};  // on average, while all is normal
  double normal_failures = 0.02;  // the share of runs that fail while all is normal; (0, 1)
  double worth_knowing = 0.25;    // the share that shall be found; at least twice that; below 1
};

// Changes between passing and not passing (flapping.h); shares of the last 20.
struct Flapping {
  bool on = true;
  double start = 0.30;
  double stop = 0.20;  // at most `start`
};

// What is too slow, or near its limit, is harder to leave than to enter, so that values around a
// limit do not flap. 0: follows what is said about failures.
struct Degraded {
  int results = 0;  // of the last `of` degraded or failed: degraded; 0: `failures`
  int of = 0;       // 0: the `of` of failures
  int passes = 0;   // consecutive: up again; 0: twice the `passes` of failures
};

// Runs that take longer than they usually do at this time of day (pace.h).
struct Slower {
  bool on = false;
  double factor = 1.5;  // at least so many times as long; above 1
  Duration floor{50};   // and at least so much longer
  int days = 3;         // of history before anything is said; 1 to 13
};

struct Policy {
  int failures = 2;              // of the last `of` samples: down
  int of = 3;                    // >= failures, at most 64
  int passes = 2;                // consecutive: up again
  Duration confirm_after{3000};  // after a first failure, and after a first pass while down
  Degraded degraded{};
  Intermittent intermittent{};
  Flapping flapping{};
  Slower slower{};
  Duration every{30'000};  // the check's interval: makes runs out of times
};

// The same for equal policies and for no others.
std::string fingerprint(const Policy& policy);

}  // namespace vedette::detect
