// SPDX-License-Identifier: Apache-2.0
// k of n with quick confirmation: turns the results of one check into a verdict. Pure; time comes
// in with the samples.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "agent/detect/verdict.h"
#include "config/duration.h"

namespace vedette::detect {

struct Policy {
  int failures = 2;              // of the last `of` samples: down (or degraded)
  int of = 3;                    // >= failures, at most 64
  int passes = 2;                // consecutive: up again
  Duration confirm_after{3000};  // after a first failure, and after a first pass while down
};

struct Sample {
  Outcome outcome = Outcome::unknown;
  std::optional<Reason> reason;
  std::string message{};
  Instant at{};            // when the run started
  std::string evidence{};  // some plain lines, bounded by whoever makes them
};

struct Step {
  bool changed = false;  // the verdict differs from before: state, or the reason while failing
  bool confirm = false;  // ask again after confirm_after rather than after a whole interval
};

// A fail counts toward down and toward degraded, a degraded sample toward degraded only. What is
// not up goes up after `passes` consecutive passes; what is down becomes degraded after as many
// samples that are degraded or pass. Small while all is well: what the window keeps is only the
// samples that did not pass.
class Detector {
 public:
  // A policy out of its bounds is drawn into them. A restored verdict stands until new samples
  // settle another.
  explicit Detector(Policy policy, Verdict restored = {});

  // Samples come in the order of their start. `unknown` samples change nothing but a verdict that
  // was never known.
  Step feed(const Sample& sample);
  const Verdict& verdict() const { return verdict_; }

 private:
  // A sample of the window that did not pass.
  struct Trouble {
    Instant at;
    std::uint32_t number;
    bool fail;
  };

  Step keep_unknown(const Sample& sample);
  void remember(const Sample& sample);
  void forget_old();
  State judge(Outcome newest) const;
  Instant onset(State next) const;
  void settle(State next, const Sample& sample);
  bool explain(const Sample& sample);
  int fails() const;

  Policy policy_;
  Verdict verdict_;
  std::vector<Trouble> window_;  // oldest first; numbers within `of` of seen_
  std::uint32_t seen_ = 0;       // known samples so far; may wrap
  int passes_ = 0;               // in a row up to now, counted up to policy_.passes
  int not_failing_ = 0;          // degraded or pass, likewise
  Instant first_pass_{};         // of that row
  Instant first_not_failing_{};  // of that row
  Outcome previous_ = Outcome::unknown;
};

}  // namespace vedette::detect
