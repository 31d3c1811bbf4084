// SPDX-License-Identifier: Apache-2.0
// k of n with quick confirmation: turns the results of one check into a verdict. Pure; time comes in with the samples.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "agent/detect/verdict.h"
#include "config/duration.h"

namespace vedette::detect {

struct Policy {
  int failures = 2;          // of the last `of` samples: down (or degraded)
  int of = 3;                // >= failures, at most 64
  int passes = 2;            // consecutive: up again
  Duration confirm_after{3000};  // after a first failure, and after a first pass while down
};

struct Sample {
  Outcome outcome = Outcome::unknown;
  std::optional<Reason> reason;
  std::string message;
  Instant at{};  // when the run started
};

struct Step {
  bool changed = false;   // the verdict differs from before: state, or the reason while failing
  bool confirm = false;   // ask again after confirm_after rather than after a whole interval
};

class Detector {
 public:
  explicit Detector(Policy policy, Verdict restored = {});

  // Samples come in the order of their start. `unknown` samples change nothing but a verdict that was never known.
  Step feed(const Sample& sample);
  const Verdict& verdict() const { return verdict_; }

 private:
  Policy policy_;
  Verdict verdict_;
};

}  // namespace vedette::detect
